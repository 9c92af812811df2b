package org.flowexp.molecule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Positions from the Protein Data Bank's format, version 3.3; fixed columns. */
public final class PdbReader {
  private static final String COLUMNS = "an atom record with coordinates in columns 31-54";

  /**
   * What a file holds.
   *
   * @param names of the atoms, in the file's order
   * @param models positions [3N] of each model, nm
   */
  public record Structure(List<String> names, List<List<Double>> models) {
    /** Copies the lists. */
    public Structure {
      names = List.copyOf(names);
      models = models.stream().map(List::copyOf).toList();
    }
  }

  private PdbReader() {}

  /**
   * Reads a file.
   *
   * @throws FormatException for alternate locations, models of different atoms, or a broken line
   */
  public static Structure read(Path path) throws IOException, FormatException {
    String file = path.getFileName().toString();
    List<String> lines = Files.readAllLines(path);
    List<String> first = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Double> model = new ArrayList<>();
    List<List<Double>> models = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("ATOM  ") || line.startsWith("HETATM")) {
        atom(file, i + 1, line, names, model);
      } else if (line.startsWith("ENDMDL")) {
        end(file, i + 1, first, names, model, models);
      }
    }
    if (!names.isEmpty()) {
      end(file, lines.size(), first, names, model, models);
    }
    if (models.isEmpty()) {
      throw new FormatException(file, 0, "no atoms", "lines that begin with ATOM or HETATM");
    }
    return new Structure(first, models);
  }

  private static void atom(
      String file, int number, String line, List<String> names, List<Double> model)
      throws FormatException {
    if (line.length() < 54) {
      throw new FormatException(file, number, "a short line", COLUMNS);
    }
    char alternate = line.charAt(16);
    if (alternate != ' ' && alternate != 'A') {
      throw new FormatException(
          file, number, "alternate location " + alternate, "one location for each atom");
    }
    names.add(line.substring(12, 16).strip());
    for (int column = 30; column < 54; column += 8) {
      String text = line.substring(column, column + 8).strip();
      try {
        model.add(Double.parseDouble(text) * 0.1);
      } catch (NumberFormatException broken) {
        throw (FormatException)
            new FormatException(file, number, "`" + text + "`", COLUMNS).initCause(broken);
      }
    }
  }

  private static void end(
      String file,
      int number,
      List<String> first,
      List<String> names,
      List<Double> model,
      List<List<Double>> models)
      throws FormatException {
    if (models.isEmpty()) {
      first.addAll(names);
    } else if (!first.equals(names)) {
      throw new FormatException(file, number, "a model of other atoms", "those of the first");
    }
    models.add(List.copyOf(model));
    names.clear();
    model.clear();
  }
}

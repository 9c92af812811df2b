package org.flowexp.molecule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CHARMM's protein structure files, plain, EXT and XPLOR. Explicit exclusions, lone pairs and Drude
 * particles are errors.
 */
public final class PsfReader {
  private static final String COUNT = "a count and the name of a section, such as `53 !NATOM`";

  private final String file;
  private final List<String> raw;
  private final Map<String, List<Integer>> numbers = new HashMap<>();
  private List<Atom> atoms = List.of();

  private PsfReader(String file, List<String> raw) {
    this.file = file;
    this.raw = raw;
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if something in it is wrong or not supported
   */
  public static Topology read(Path path) throws IOException, FormatException {
    String name = path.getFileName().toString();
    return new PsfReader(name, Files.readAllLines(path)).topology();
  }

  private Topology topology() throws FormatException {
    if (raw.isEmpty() || !raw.get(0).startsWith("PSF")) {
      throw new FormatException(file, 1, "no `PSF`", "a protein structure file");
    }
    if (raw.get(0).contains("DRUDE")) {
      throw new FormatException(file, 1, "Drude particles", "a non-polarisable model");
    }
    int at = 1;
    while (at < raw.size()) {
      at = raw.get(at).isBlank() ? at + 1 : section(at);
    }
    if (atoms.isEmpty()) {
      throw new FormatException(file, 0, "no atoms", "a section !NATOM");
    }
    return new Topology(
        file.replaceFirst("\\.psf$", ""),
        atoms,
        groups("NBOND", 2).stream().map(g -> new Couple(g.get(0), g.get(1))).toList(),
        groups("NTHETA", 3).stream().map(g -> new Triple(g.get(0), g.get(1), g.get(2))).toList(),
        groups("NPHI", 4).stream().map(g -> quadruple(g, 0)).distinct().toList(),
        groups("NIMPHI", 4).stream().map(g -> quadruple(g, 0)).toList(),
        groups("NCRTERM", 8).stream()
            .map(g -> new Topology.Cross(quadruple(g, 0), quadruple(g, 4)))
            .toList());
  }

  /** Reads one section; the line after it. */
  private int section(int at) throws FormatException {
    Line head = new Line(file, at + 1, raw.get(at).replace('!', ' ').replace(':', ' ').strip());
    int count = head.whole(0, COUNT);
    String name =
        head.word(raw.get(at).contains("NGRP") || raw.get(at).contains("NUMLP") ? 2 : 1, COUNT);
    int body = at + 1;
    return switch (name) {
      case "NTITLE" -> body + count;
      case "NATOM" -> {
        atoms = atoms(body, count);
        yield body + count;
      }
      case "NBOND", "NTHETA", "NPHI", "NIMPHI", "NDON", "NACC", "NCRTERM" ->
          integers(name, body, count * width(name));
      case "NNB", "NUMLP", "NUMLPH" -> {
        if (count > 0) {
          throw head.mistake("`" + head.text() + "`", "no explicit exclusions or lone pairs");
        }
        yield nextSection(body);
      }
      case "NGRP", "NST2", "MOLNT" -> nextSection(body);
      default ->
          throw head.mistake("a section `" + name + "`", "one of those of a CHARMM structure file");
    };
  }

  private static int width(String section) {
    return switch (section) {
      case "NBOND", "NDON", "NACC" -> 2;
      case "NTHETA" -> 3;
      case "NCRTERM" -> 8;
      default -> 4;
    };
  }

  private int nextSection(int from) {
    int at = from;
    while (at < raw.size() && !raw.get(at).contains("!")) {
      at++;
    }
    return at;
  }

  private List<Atom> atoms(int from, int count) throws FormatException {
    List<Atom> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (from + i >= raw.size()) {
        throw new FormatException(file, raw.size(), "the end", count + " atoms");
      }
      Line line = new Line(file, from + i + 1, raw.get(from + i).strip());
      String expected = "number, segment, residue id, residue, name, type, charge, mass";
      if (line.whole(0, expected) != i + 1) {
        throw line.mistake("atom `" + line.words().get(0) + "`", "atom " + (i + 1));
      }
      double mass = line.number(7, expected);
      read.add(
          new Atom(
              line.word(4, expected),
              Elements.ofMass(mass)
                  .orElseThrow(() -> line.mistake("a mass of " + mass, "that of an element")),
              line.word(5, expected),
              line.word(3, expected),
              line.word(1, expected) + " " + line.word(2, expected),
              mass,
              line.number(6, expected)));
    }
    return read;
  }

  private int integers(String section, int from, int count) throws FormatException {
    List<Integer> read = new ArrayList<>();
    int at = from;
    while (read.size() < count) {
      if (at >= raw.size() || raw.get(at).contains("!")) {
        throw new FormatException(
            file, at + 1, read.size() + " numbers in " + section, count + " of them");
      }
      Line line = new Line(file, at + 1, raw.get(at).strip());
      for (int i = 0; !line.text().isEmpty() && i < line.words().size(); i++) {
        int number = line.whole(i, "the number of an atom");
        if (number < 1 || number > atoms.size()) {
          throw line.mistake("atom " + number, "one of the " + atoms.size() + " atoms");
        }
        read.add(number - 1);
      }
      at++;
    }
    if (read.size() > count) {
      throw new FormatException(file, at, read.size() + " numbers", count + " in " + section);
    }
    numbers.put(section, read);
    return at;
  }

  private List<List<Integer>> groups(String section, int width) {
    List<Integer> all = numbers.getOrDefault(section, List.of());
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < all.size(); i += width) {
      groups.add(all.subList(i, i + width));
    }
    return groups;
  }

  private static Quadruple quadruple(List<Integer> atoms, int at) {
    return new Quadruple(atoms.get(at), atoms.get(at + 1), atoms.get(at + 2), atoms.get(at + 3));
  }
}

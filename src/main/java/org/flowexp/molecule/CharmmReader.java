package org.flowexp.molecule;

import static org.flowexp.molecule.CharmmParameters.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.molecule.CharmmParameters.Bend;
import org.flowexp.molecule.CharmmParameters.Fix;
import org.flowexp.molecule.CharmmParameters.Sphere;
import org.flowexp.molecule.CharmmParameters.Spring;
import org.flowexp.molecule.CharmmParameters.Wave;

/**
 * CHARMM's RTF, PRM and STR files. Of a residue topology the masses alone are read: a structure
 * file lists what its residues hold. A later file replaces what an earlier one says.
 */
final class CharmmReader {
  static final double KCAL = 4.184;
  private static final double NM = 0.1;
  private static final Set<String> SCRIPT =
      Set.of("SET", "IF", "ENDI", "IOFO", "BOML", "WRNL", "RETU", "STOP");
  private static final Set<String> SECTIONS =
      Set.of(
          "ATOM", "BOND", "ANGL", "THET", "DIHE", "PHI", "IMPR", "IMPH", "CMAP", "NONB", "NBON",
          "NBFI", "HBON");

  private enum Mode {
    SCRIPT,
    RESIDUES,
    PARAMETERS
  }

  private final CharmmParameters parameters;
  private Mode mode;
  private String section = "";
  private final MapLines map;
  private final Set<List<String>> begunDihedrals = new HashSet<>();

  private CharmmReader(CharmmParameters parameters, Mode mode) {
    this.parameters = parameters;
    this.mode = mode;
    this.map = new MapLines(parameters);
  }

  /** Adds what a file says; its ending tells what it is. */
  static void read(Path path, CharmmParameters into) throws IOException, FormatException {
    String name = path.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Mode mode =
        switch (ending) {
          case "rtf", "top" -> Mode.RESIDUES;
          case "prm", "par" -> Mode.PARAMETERS;
          case "str" -> Mode.SCRIPT;
          default ->
              throw new FormatException(name, 0, "`." + ending + "`", "a .rtf, .prm or .str file");
        };
    CharmmReader reader = new CharmmReader(into, mode);
    for (Line line : Line.of(name, Files.readAllLines(path))) {
      reader.accept(line);
    }
    reader.map.end();
  }

  private void accept(Line line) throws FormatException {
    String keyword = line.keyword();
    if (mode != Mode.SCRIPT && keyword.equals("END") && line.words().size() == 1) {
      map.end();
      section = "";
      mode = Mode.SCRIPT;
      return;
    }
    switch (mode) {
      case SCRIPT -> script(line, keyword);
      case RESIDUES -> {
        if (keyword.equals("MASS")) {
          mass(line);
        }
      }
      case PARAMETERS -> parameter(line, keyword);
    }
  }

  private void script(Line line, String keyword) throws FormatException {
    if (keyword.equals("READ")) {
      String what = line.word(1, "`rtf` or `para`").toUpperCase(Locale.ROOT);
      if (what.startsWith("RTF")) {
        mode = Mode.RESIDUES;
      } else if (what.startsWith("PARA")) {
        mode = Mode.PARAMETERS;
      } else {
        throw line.mistake("`read " + what + "`", "`read rtf` or `read para`");
      }
    } else if (!SCRIPT.contains(keyword)) {
      throw line.mistake("the command `" + line.text() + "`", "`read rtf` or `read para`");
    }
  }

  private void parameter(Line line, String keyword) throws FormatException {
    if (SECTIONS.contains(keyword) && isHead(line, keyword)) {
      map.end();
      section = keyword;
      if (keyword.equals("NONB") || keyword.equals("NBON")) {
        nonbondedOptions(line);
      }
      return;
    }
    switch (section) {
      case "ATOM" -> mass(line);
      case "BOND" -> bond(line);
      case "ANGL", "THET" -> angle(line);
      case "DIHE", "PHI" -> dihedral(line);
      case "IMPR", "IMPH" -> improper(line);
      case "CMAP" -> map.accept(line);
      case "NONB", "NBON" -> sphere(line);
      case "NBFI" -> fix(line);
      default -> {
        if (!keyword.equals("RETU")) {
          throw line.mistake("`" + line.text() + "`", "a section such as BONDS or NBFIX");
        }
      }
    }
  }

  /** Atom types may look like sections: a section stands alone or has options behind it. */
  private static boolean isHead(Line line, String keyword) {
    return line.words().size() == 1
        || keyword.equals("NONB")
        || keyword.equals("NBON")
        || keyword.equals("HBON");
  }

  private void mass(Line line) throws FormatException {
    String expected = "MASS number type mass";
    if (!line.keyword().equals("MASS")) {
      throw line.mistake("`" + line.text() + "`", expected);
    }
    line.number(3, expected);
    int number = line.whole(1, expected);
    if (number > 0) {
      parameters.typesByNumber.put(Integer.toString(number), line.word(2, expected));
    }
  }

  private void bond(Line line) throws FormatException {
    String expected = "two types, k, r0";
    parameters.bonds.put(
        key(types(line, 2, expected)),
        new Spring(line.number(2, expected) * KCAL / (NM * NM), line.number(3, expected) * NM));
  }

  private void angle(Line line) throws FormatException {
    String expected = "three types, k, theta0, and possibly k and r0 of Urey-Bradley";
    Optional<Spring> ureyBradley =
        line.words().size() > 5
            ? Optional.of(
                new Spring(
                    line.number(5, expected) * KCAL / (NM * NM), line.number(6, expected) * NM))
            : Optional.empty();
    parameters.angles.put(
        key(types(line, 3, expected)),
        new Bend(
            new Spring(line.number(3, expected) * KCAL, Math.toRadians(line.number(4, expected))),
            ureyBradley));
  }

  private void dihedral(Line line) throws FormatException {
    String expected = "four types, k, a periodicity of 1 or more, delta";
    List<String> types = types(line, 4, expected);
    boolean anyEnds =
        types.get(0).equals(CharmmParameters.ANY) && types.get(3).equals(types.get(0));
    if (!anyEnds && types.contains(CharmmParameters.ANY)) {
      throw line.mistake("`" + line.text() + "`", "X at both ends or nowhere");
    }
    Wave wave =
        new Wave(
            line.number(4, expected) * KCAL,
            line.whole(5, expected),
            Math.toRadians(line.number(6, expected)));
    if (wave.periodicity() < 1) {
      throw line.mistake("a periodicity of " + wave.periodicity(), expected);
    }
    List<Wave> waves =
        parameters.dihedrals.computeIfAbsent(key(types), types4 -> new ArrayList<>());
    if (begunDihedrals.add(key(types))) {
      waves.clear();
    }
    waves.removeIf(other -> other.periodicity() == wave.periodicity());
    waves.add(wave);
  }

  private void improper(Line line) throws FormatException {
    String expected = "four types, k, 0, psi0";
    if (line.whole(5, expected) != 0) {
      throw line.mistake("a periodic improper", "a harmonic one: " + expected);
    }
    parameters.impropers.put(
        key(types(line, 4, expected)),
        new Spring(line.number(4, expected) * KCAL, Math.toRadians(line.number(6, expected))));
  }

  private void nonbondedOptions(Line line) throws FormatException {
    List<String> words = line.words().stream().map(w -> w.toUpperCase(Locale.ROOT)).toList();
    for (String unsupported : List.of("GEOM", "RDIE", "BYCB", "EWAL")) {
      if (words.stream().anyMatch(word -> word.startsWith(unsupported))) {
        throw line.mistake("the option " + unsupported, "arithmetic radii and constant dielectric");
      }
    }
    Map<String, Double> fixed = Map.of("NBXMOD", 5.0, "EPS", 1.0);
    for (int i = 1; i < words.size() - 1; i++) {
      if (words.get(i).equals("E14FAC")) {
        parameters.coulomb14 = line.number(i + 1, "a factor");
      }
      Double right = fixed.get(words.get(i));
      if (right != null && line.number(i + 1, "a number") != right) {
        throw line.mistake(words.get(i) + " " + words.get(i + 1), words.get(i) + " " + right);
      }
    }
  }

  private void sphere(Line line) throws FormatException {
    String expected = "a type, 0, -epsilon, Rmin/2, and possibly the same three for 1-4 pairs";
    String type = types(line, 1, expected).get(0);
    double depth = depth(line, 2, expected);
    double half = line.number(3, expected) * NM;
    boolean special = line.words().size() > 4;
    parameters.spheres.put(
        type,
        new Sphere(
            depth,
            half,
            special ? depth(line, 5, expected) : depth,
            special ? line.number(6, expected) * NM : half));
  }

  private void fix(Line line) throws FormatException {
    String expected = "two types, -epsilon, Rmin, and possibly the same two for 1-4 pairs";
    double depth = depth(line, 2, expected);
    double distance = line.number(3, expected) * NM;
    boolean special = line.words().size() > 4;
    parameters.fixes.put(
        key(types(line, 2, expected)),
        new Fix(
            depth,
            distance,
            special ? depth(line, 4, expected) : depth,
            special ? line.number(5, expected) * NM : distance));
  }

  private static double depth(Line line, int index, String expected) throws FormatException {
    double written = line.number(index, expected);
    if (written > 0) {
      throw line.mistake("an epsilon of " + written, "a negative one, as CHARMM writes it");
    }
    return -written * KCAL;
  }

  static List<String> types(Line line, int count, String expected) throws FormatException {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String type = line.word(i, expected).toUpperCase(Locale.ROOT);
      if (type.matches(".*[*%#].*") || type.equals("+")) {
        throw line.mistake("the pattern `" + type + "`", "a type written out, or X");
      }
      types.add(type);
    }
    return types;
  }
}

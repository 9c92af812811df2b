package org.flowexp.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.Topology;

/**
 * Writes positions in the Protein Data Bank's format, version 3.3: a MODEL for each configuration,
 * Å with three decimals, no unit cell. A fourth letter of a residue's name stands in column 21, as
 * CHARMM has it.
 */
public final class PdbWriter implements TrajectoryWriter {
  private static final int LETTERS = 4;
  private static final int MOST_ATOMS = 99_999;
  private static final int MOST_CHAINS = 26;
  private static final double ANGSTROMS = 10;

  /** −999.999 and 9999.999 fill the eight columns of a coordinate. */
  private static final double LEAST = -999.9995;

  private static final double MOST = 9999.9995;
  private static final Pattern PLACE = Pattern.compile("(?:(\\S+) )?(-?\\d{1,4})([A-Z]?)");

  private final BufferedWriter out;
  private final List<String> heads;
  private final List<String> tails;
  private long models;

  /** Something for which the format has no columns. */
  public static final class Unfit extends IOException {
    private static final long serialVersionUID = 1;

    Unfit(String what) {
      super(what);
    }
  }

  private PdbWriter(BufferedWriter out, List<String> heads, List<String> tails) {
    this.out = out;
    this.heads = heads;
    this.tails = tails;
  }

  /**
   * Creates the file, or replaces it.
   *
   * @throws Unfit if a name is too long for its columns, or there are more than 99,999 atoms
   */
  public static PdbWriter to(Path file, Topology topology) throws IOException {
    if (topology.size() > MOST_ATOMS) {
      throw new Unfit("a PDB numbers at most " + MOST_ATOMS + " atoms");
    }
    List<String> heads = new ArrayList<>();
    List<String> tails = new ArrayList<>();
    List<String> segments = new ArrayList<>();
    for (Atom atom : topology.atoms()) {
      Matcher place = PLACE.matcher(atom.residueId());
      if (!place.matches()) {
        throw new Unfit("a PDB has no columns for the residue id `" + atom.residueId() + "`");
      }
      String segment = place.group(1) == null ? "" : place.group(1);
      if (!segments.contains(segment)) {
        segments.add(segment);
      }
      heads.add(head(heads.size() + 1, atom, place, segments.indexOf(segment)));
      String element = atom.element().toUpperCase(Locale.ROOT);
      tails.add("  1.00  0.00      %-4s%2s  ".formatted(fit(segment), element));
    }
    return new PdbWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII), heads, tails);
  }

  private static String head(int number, Atom atom, Matcher place, int chain) throws Unfit {
    String name = fit(atom.name());
    String insertion = place.group(3).isEmpty() ? " " : place.group(3);
    return "ATOM  %5d %-4s %-4s%s%4s%s   "
        .formatted(
            number,
            name.length() < LETTERS && atom.element().length() == 1 ? " " + name : name,
            fit(atom.residue()),
            (char) ('A' + chain % MOST_CHAINS),
            place.group(2),
            insertion);
  }

  private static String fit(String name) throws Unfit {
    if (name.length() > LETTERS) {
      throw new Unfit("a PDB has four columns for a name, `" + name + "` needs " + name.length());
    }
    return name;
  }

  @Override
  public void write(double[] x) throws IOException {
    int width = 3 * heads.size();
    if (x.length % width != 0) {
      throw new IllegalArgumentException(x.length + " numbers in rows of " + width);
    }
    for (int row = 0; row < x.length; row += width) {
      out.write("MODEL     %4d\n".formatted(++models));
      for (int i = 0; i < heads.size(); i++) {
        int at = row + 3 * i;
        out.write(heads.get(i) + column(x[at]) + column(x[at + 1]) + column(x[at + 2]));
        out.write(tails.get(i) + "\n");
      }
      out.write("ENDMDL\n");
    }
  }

  private String column(double nanometres) throws Unfit {
    double value = ANGSTROMS * nanometres;
    if (!(value > LEAST && value < MOST)) {
      throw new Unfit(
          "a PDB has no columns for the coordinate %s nm, in configuration %d"
              .formatted(nanometres, models));
    }
    return String.format(Locale.ROOT, "%8.3f", value);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write("END\n");
    }
  }
}

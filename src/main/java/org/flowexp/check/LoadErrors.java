package org.flowexp.check;

import java.nio.file.Path;
import java.util.List;
import org.flowexp.data.UnreadableTrajectory;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** FX04: files of data. */
final class LoadErrors {
  private static final String FORM =
      "`x` holds finite float32 or float64 numbers of shape [n, dim] or [n, atoms, 3]";

  private LoadErrors() {}

  static Diagnostic noFile(String path, Path searched, Span span) {
    return Diagnostic.error("FX0421", "there is no file `" + path + "`", span, "not found")
        .help(
            searched.getFileName() == null || Path.of(path).isAbsolute()
                ? "give the path of an .npz, .dcd or .xtc file"
                : "paths start at the folder of the file that names them");
  }

  static Diagnostic notNpz(String path, Span span) {
    return Diagnostic.error(
            "FX0422", "`" + path + "` is not an .npz file", span, "not a zip of NumPy arrays")
        .help("write it with `numpy.savez(path, x = positions)`");
  }

  static Diagnostic noArray(String path, List<String> arrays, Span span) {
    return Diagnostic.error(
            "FX0423",
            "`" + path + "` has no array `x`",
            span,
            arrays.isEmpty()
                ? "it holds no arrays"
                : "it holds " + String.join(", ", arrays.stream().map(a -> "`" + a + "`").toList()))
        .help("save the configurations under the name `x`: `numpy.savez(path, x = positions)`");
  }

  static Diagnostic wrongForm(String path, String found, Span span) {
    return Diagnostic.error(
            "FX0424", "`x` of `" + path + "` cannot be taken as samples", span, "it is " + found)
        .help(FORM);
  }

  static Diagnostic notFinite(String path, long count, int row, Span span) {
    return Diagnostic.error(
            "FX0425",
            "`x` of `" + path + "` has numbers that are not finite",
            span,
            count + (count == 1 ? " number, in row " : " numbers, the first in row ") + row)
        .help("leave these rows out; rows count from 0");
  }

  static Diagnostic otherAtoms(String path, int found, String system, int wanted, Span span) {
    return Diagnostic.error(
            "FX0508",
            "`%s` has %d atoms, `%s` has %d".formatted(path, found, system, wanted),
            span,
            found + " atoms")
        .help(
            "keep the atoms of the molecule alone, in the topology's order, for example with"
                + " `atom_slice` of MDTraj");
  }

  static Diagnostic unreadable(String path, UnreadableTrajectory problem, Span span) {
    return Diagnostic.error(
            "FX0426",
            "`" + path + "` cannot be read as a trajectory",
            span,
            "it " + problem.getMessage())
        .help(problem.remedy());
  }

  static Diagnostic otherBonds(String path, String system, StretchedBond bond, Span span) {
    return Diagnostic.error(
            "FX0427",
            "`%s` has not the bonds of `%s`".formatted(path, system),
            span,
            "in row %d %s and %s are %.3g nm apart"
                .formatted(bond.row(), bond.first(), bond.second(), bond.length()))
        .help(
            bond.isLong()
                ? "positions are in nm, atoms in the topology's order, molecules whole"
                    + " (`image_molecules` of MDTraj); rows count from 0"
                : "positions are in nm, atoms in the topology's order; rows count from 0");
  }
}

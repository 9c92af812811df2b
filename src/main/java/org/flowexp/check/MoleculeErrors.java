package org.flowexp.check;

import java.util.List;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** FX053 and FX062: molecules, their files and their atoms. */
final class MoleculeErrors {
  private MoleculeErrors() {}

  static Diagnostic noFile(String path, Span span) {
    return Diagnostic.error("FX0530", "there is no file `" + path + "`", span, "not found")
        .help("paths start at the folder of the file that names them");
  }

  static Diagnostic notShipped(String path, List<String> known, Span span) {
    return Diagnostic.error("FX0530", "nothing is shipped as `" + path + "`", span, "not there")
        .help("there are " + String.join(", ", known.stream().map(k -> "`" + k + "`").toList()));
  }

  /**
   * @param reason with the reader's file and line
   */
  static Diagnostic unreadable(String what, String reason, Span span) {
    return Diagnostic.error("FX0530", what + " cannot be read", span, reason)
        .help(
            "CHARMM's PSF, RTF, PRM and STR files and PDB files are read; what is not supported is"
                + " an error, never left out");
  }

  static Diagnostic severalAtoms(String name, String molecule, int count, Span span) {
    return Diagnostic.error(
            "FX0531",
            count + " atoms of `" + molecule + "` are called `" + name + "`",
            span,
            "which one?")
        .help(
            "say which by a condition on one atom: `"
                + molecule
                + ".atoms(name == \""
                + name
                + "\" and residue_id == \"…\")`");
  }

  static Diagnostic otherMolecule(String what, String found, String wanted, Span span) {
    return Diagnostic.error(
            "FX0532", what + " has atoms of another molecule", span, "atoms of " + found)
        .help("use atoms of " + wanted);
  }

  static Diagnostic measuresOthers(String what, int measured, String found, Span span) {
    return Diagnostic.error(
            "FX0532",
            what + " measures a molecule of " + measured + " atoms",
            span,
            "here x is " + found)
        .help("measure between atoms of the molecule whose samples these are");
  }

  static Diagnostic noParameters(String molecule, String field, String found, Span span) {
    return Diagnostic.error(
            "FX0533",
            "`" + molecule + "` has no parameters of " + field,
            span,
            found.isEmpty() ? "it has none" : "it has those of " + found)
        .help(
            "give the topology its parameter files: `topology(\"my.psf\", params = [\"my.prm\"])`");
  }

  static Diagnostic wrongAtoms(String what, String wanted, String found, Span span) {
    return Diagnostic.error("FX0534", what + " takes " + wanted, span, "found " + found)
        .help("name atoms by `butane.C1`, by a list of them, or by `butane.atoms(condition)`");
  }

  static Diagnostic notPositions(String system, int made, int wanted, Span span, Span where) {
    return Diagnostic.error(
            "FX0535",
            "the architecture makes " + made + " numbers, a shape has the positions of its atoms",
            span,
            made + " numbers")
        .also(where, "`" + system + "` has " + wanted + ", its pose fixed")
        .help(
            "let `internal_coordinates { topology = … }` be the last layer, or give the system"
                + " `pose = alignment_penalty { … }` and a base of "
                + wanted
                + " coordinates");
  }

  static Diagnostic cannotWalk(String word, String system, String why, Span span) {
    return Diagnostic.error(
            "FX0536",
            "`" + word + "` cannot walk on `" + system + "`: " + why,
            span,
            "this sampler")
        .help("`turn_bonds` turns the torsions of molecules; `random_walk` moves any coordinates");
  }

  static Diagnostic freePose(String system, Span span) {
    return Diagnostic.warning(
            "FX0620",
            "nothing holds the position and orientation of `" + system + "`",
            span,
            "a molecule in space without alignment penalty or internal coordinates")
        .help(
            "its density has no norm, and a flow learns rotations; write `pose = fixed` and"
                + " `internal_coordinates`, or `pose = alignment_penalty { … }`");
  }

  static Diagnostic unclamped(String loss, String system, Span span) {
    return Diagnostic.warning(
            "FX0621",
            "the gradient of `" + loss + "` goes through an energy without a clamp",
            span,
            "one clash in the batch outweighs all other samples")
        .help(
            "give `"
                + system
                + "` a clamp: `clamp = logarithmic { above = 500 kJ/mol }`; it changes nothing"
                + " below");
  }
}

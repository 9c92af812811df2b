package org.flowexp.molecule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A molecule as an experiment names it: its atoms, and what is known of their energy and places.
 *
 * @param forceField its energy, where there are parameters
 * @param source of the parameters: the name of a shipped force field, or of files
 * @param tree how its atoms are placed one after the other; empty if the bonds are to decide
 * @param reference positions [3N], nm; empty if none are known
 */
public record Compound(
    Topology topology,
    Optional<ForceField> forceField,
    String source,
    List<TreeRow> tree,
    List<Double> reference) {
  /** Checks the number of positions. */
  public Compound {
    tree = List.copyOf(tree);
    reference = List.copyOf(reference);
    if (!reference.isEmpty() && reference.size() != 3 * topology.size()) {
      throw new IllegalArgumentException(
          reference.size() + " coordinates of " + topology.size() + " atoms");
    }
  }

  /** A molecule that comes with the program. */
  public static Optional<Compound> shipped(String name) {
    return ShippedMolecules.find(name)
        .map(
            molecule ->
                new Compound(
                    molecule.topology(),
                    Optional.of(molecule.forceField()),
                    ShippedMolecules.FORCE_FIELD,
                    molecule.tree(),
                    molecule.minimum().stream().flatMap(List::stream).toList()));
  }

  /**
   * A molecule from CHARMM's files.
   *
   * @param structure a PSF
   * @param positions a PDB of the same atoms in the same order, of which the first model is taken
   * @param parameters RTF, PRM and STR, in the order CHARMM would read them; none for no energy
   * @throws FormatException if a file has a mistake or something that is not supported, if a term
   *     has no parameters, or if the files have different atoms
   */
  public static Compound read(Path structure, Optional<Path> positions, List<Path> parameters)
      throws IOException, FormatException {
    Topology topology = PsfReader.read(structure);
    Optional<ForceField> field =
        parameters.isEmpty()
            ? Optional.empty()
            : Optional.of(CharmmForceField.of(topology, parameters));
    List<Double> reference =
        positions.isPresent() ? positions(topology, positions.get()) : List.of();
    List<String> names = parameters.stream().map(p -> p.getFileName().toString()).toList();
    return new Compound(topology, field, String.join(", ", names), List.of(), reference);
  }

  private static List<Double> positions(Topology topology, Path file)
      throws IOException, FormatException {
    PdbReader.Structure read = PdbReader.read(file);
    String name = file.getFileName().toString();
    if (read.names().size() != topology.size()) {
      throw new FormatException(
          name, 0, read.names().size() + " atoms", "the " + topology.size() + " of the topology");
    }
    for (int i = 0; i < topology.size(); i++) {
      String wanted = topology.atoms().get(i).name();
      if (!read.names().get(i).equals(wanted)) {
        throw new FormatException(
            name,
            0,
            "`" + read.names().get(i) + "` as atom " + (i + 1),
            "`" + wanted + "`, as in the topology");
      }
    }
    return read.models().get(0);
  }
}

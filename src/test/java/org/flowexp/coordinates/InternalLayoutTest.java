package org.flowexp.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.flowexp.energy.ReferenceConformations;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.Topology;
import org.junit.jupiter.api.Test;

/** Which configurations of the dipeptide have internal coordinates. */
final class InternalLayoutTest {
  private static final Compound PEPTIDE = Compound.shipped("alanine_dipeptide").orElseThrow();
  private static final Topology ATOMS = PEPTIDE.topology();

  @Test
  void theAmidesOfTheDipeptideAreFoundAndButaneHasNone() {
    Set<Set<String>> found =
        AmideBonds.of(ATOMS).stream()
            .map(bond -> Set.of(name(bond.i()), name(bond.j())))
            .collect(Collectors.toSet());
    assertEquals(Set.of(Set.of("CLP", "NL"), Set.of("CRP", "NR")), found);
    assertEquals(
        Set.<Couple>of(), AmideBonds.of(Compound.shipped("butane").orElseThrow().topology()));
  }

  private static String name(int place) {
    return ATOMS.atoms().get(place).name();
  }

  @Test
  void heldBondsAreNoTorsions() {
    InternalLayout layout = InternalLayout.of(PEPTIDE);
    long angles = layout.kinds().circular().stream().filter(flag -> flag).count();
    assertEquals(60, layout.dim());
    // φ, ψ and three methyl groups
    assertEquals(5, angles);
    InternalLayout free =
        new InternalLayout(
            layout.tree(),
            PEPTIDE.reference().stream().mapToDouble(Double::doubleValue).toArray(),
            Set.of());
    assertEquals(7, free.circularRows().size());
  }

  /** By chirality (PHYSICS §4) and the amides' dihedral angles, measured here. */
  @Test
  void theConformationsOfTheReferenceThatAreMirrorImagesOrCisHaveNone() {
    ReferenceConformations all =
        ReferenceConformations.read("alanine_dipeptide_conformations.json");
    InternalLayout layout = InternalLayout.of(PEPTIDE);
    Set<String> kinds = new TreeSet<>();
    for (int row = 0; row < all.count(); row++) {
      double[] x = Arrays.copyOfRange(all.positions(), 66 * row, 66 * (row + 1));
      Geometry geometry = new Geometry(x);
      boolean left =
          between(geometry, "NL", "CA")
                  .dotProduct(
                      between(geometry, "CA", "CRP").crossProduct(between(geometry, "CA", "CB")))
              < 0;
      double first = Math.abs(dihedral(geometry, "CL", "CLP", "NL", "CA"));
      double second = Math.abs(dihedral(geometry, "CA", "CRP", "NR", "CR"));
      boolean trans = Math.min(first, second) > Math.PI / 2;
      boolean has = Arrays.stream(layout.latentOf(x)).allMatch(Double::isFinite);
      kinds.add(left + " " + trans);
      if (!left || !trans) {
        assertTrue(!has, "row " + row + " should have none");
      }
    }
    assertTrue(kinds.size() > 2, kinds.toString());
    assertTrue(
        Arrays.stream(
                layout.latentOf(
                    PEPTIDE.reference().stream().mapToDouble(Double::doubleValue).toArray()))
            .allMatch(Double::isFinite));
  }

  private static Vector3D between(Geometry geometry, String from, String to) {
    return geometry.position(ATOMS.place(to)).subtract(geometry.position(ATOMS.place(from)));
  }

  private static double dihedral(Geometry geometry, String i, String j, String k, String l) {
    return geometry.dihedral(ATOMS.place(i), ATOMS.place(j), ATOMS.place(k), ATOMS.place(l));
  }

  @Test
  void aMoleculeWithoutPositionsHasNoneAndSaysWhy() {
    Compound bare = new Compound(ATOMS, Optional.empty(), "", List.of(), List.of());
    var refused = assertThrows(IllegalArgumentException.class, () -> InternalLayout.of(bare));
    assertTrue(refused.getMessage().contains("pdb"), refused.getMessage());
  }
}

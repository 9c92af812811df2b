package org.flowexp.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flowexp.molecule.CharmmForceField;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.FormatException;
import org.flowexp.molecule.Pair;
import org.flowexp.molecule.PdbReader;
import org.flowexp.molecule.PsfReader;
import org.flowexp.molecule.Topology;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CHARMM's own files against what OpenMM's readers make of them; conformations off equilibrium. */
final class CharmmFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/reference/charmm");
  private static final double TOLERANCE = 1e-6;
  private static final Map<String, List<EnergyTerm>> TERMS =
      Map.of(
          "bonds", List.of(EnergyTerm.BOND, EnergyTerm.UREY_BRADLEY),
          "angle", List.of(EnergyTerm.ANGLE),
          "torsion", List.of(EnergyTerm.TORSION),
          "improper", List.of(EnergyTerm.IMPROPER),
          "cmap", List.of(EnergyTerm.CMAP),
          "nonbonded",
              List.of(
                  EnergyTerm.LENNARD_JONES,
                  EnergyTerm.LENNARD_JONES_14,
                  EnergyTerm.COULOMB,
                  EnergyTerm.COULOMB_14));

  static Stream<JsonNode> cases() throws IOException {
    JsonNode all = new ObjectMapper().readTree(FOLDER.resolve("reference.json").toFile());
    return StreamSupport.stream(all.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachTermAndTheForcesAreThoseOfOpenmm(JsonNode each) throws IOException, FormatException {
    Topology topology = topology(each);
    ForceField field = CharmmForceField.of(topology, files(each));
    for (JsonNode conformation : each.get("conformations")) {
      double[] x = numbers(conformation.get("positions"));
      EnergyBench.Answer answer = answer(topology, field, x);
      TERMS.forEach(
          (name, terms) -> {
            double expected = conformation.get("terms").path(name).asDouble();
            double sum = terms.stream().mapToDouble(term -> answer.terms().get(term)[0]).sum();
            assertEquals(expected, sum, TOLERANCE * Math.max(1, Math.abs(expected)), name);
          });
      double[] forces = numbers(conformation.get("forces"));
      double scale = 1;
      for (double force : forces) {
        scale = Math.max(scale, Math.abs(force));
      }
      for (int i = 0; i < forces.length; i++) {
        assertEquals(forces[i], answer.forces()[i], TOLERANCE * scale);
      }
    }
  }

  /** What the comparison is worth: each of these is a mistake a reader could make. */
  @ParameterizedTest
  @MethodSource("cases")
  void theComparisonSeesAMissingTerm(JsonNode each) throws IOException, FormatException {
    Topology topology = topology(each);
    ForceField right = CharmmForceField.of(topology, files(each));
    List<Pair> plain14 = new ArrayList<>();
    ForceField lorentz =
        CharmmForceField.of(topology, List.of(FOLDER.resolve("par_all36_prot.prm")));
    right
        .pairs14()
        .forEach(
            pair ->
                plain14.add(
                    new Pair(
                        pair.i(), pair.j(), pair.charges() / 1.2, pair.depth(), pair.distance())));
    double[] x = numbers(each.get("conformations").get(4).get("positions"));
    double expected = each.get("conformations").get(4).get("energy").asDouble();
    assertEquals(expected, answer(topology, right, x).energy()[0], 1e-6 * Math.abs(expected));
    ForceField scaled =
        new ForceField(
            right.bonds(),
            right.ureyBradley(),
            right.angles(),
            right.torsions(),
            right.impropers(),
            right.maps(),
            right.crossTerms(),
            right.pairs(),
            plain14);
    assertTrue(Math.abs(expected - answer(topology, scaled, x).energy()[0]) > 1);
    ForceField without =
        new ForceField(
            right.bonds(),
            List.of(),
            right.angles(),
            right.torsions(),
            right.impropers(),
            right.maps(),
            right.crossTerms(),
            right.pairs(),
            right.pairs14());
    assertTrue(Math.abs(expected - answer(topology, without, x).energy()[0]) > 1);
    if (each.get("parameters").size() == 3) {
      double unfixed = answer(topology, lorentz, x).energy()[0];
      assertTrue(Math.abs(expected - unfixed) > 0.1, "NBFIX has no effect");
    }
  }

  @Test
  void thePdbFileHasTheTopologysAtomsAtTheReferencesPositions()
      throws IOException, FormatException {
    PdbReader.Structure structure = PdbReader.read(FOLDER.resolve("ala5.pdb"));
    JsonNode first = cases().findFirst().orElseThrow();
    assertEquals(
        topology(first).atoms().stream().map(atom -> atom.name()).toList(), structure.names());
    double[] expected = numbers(first.get("conformations").get(0).get("positions"));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], structure.models().get(0).get(i), 1e-12);
    }
  }

  private static Topology topology(JsonNode each) throws IOException, FormatException {
    return PsfReader.read(FOLDER.resolve(each.get("structure").asText()));
  }

  private static List<Path> files(JsonNode each) {
    List<Path> files = new ArrayList<>();
    each.get("parameters").forEach(name -> files.add(FOLDER.resolve(name.asText())));
    return files;
  }

  private static EnergyBench.Answer answer(Topology topology, ForceField field, double[] x) {
    try (EnergyBench bench =
        new EnergyBench(new ForceFieldEnergy(topology.size(), field), Precision.FLOAT64)) {
      return bench.evaluate(x);
    }
  }

  private static double[] numbers(JsonNode rows) {
    List<Double> all = new ArrayList<>();
    rows.forEach(row -> row.forEach(number -> all.add(number.asDouble())));
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

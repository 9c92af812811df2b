package org.flowexp.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Conformations with energies per term and forces that OpenMM computed. Never compared. */
@SuppressWarnings("ArrayRecordComponent")
public record ReferenceConformations(
    int count,
    double[] positions,
    double[] energies,
    Map<EnergyTerm, double[]> terms,
    double[] forces) {
  private static final Map<String, EnergyTerm> NAMES =
      Map.of("coulomb_full", EnergyTerm.COULOMB, "coulomb_14", EnergyTerm.COULOMB_14);

  /** Reads a file of the reference. */
  public static ReferenceConformations read(String file) {
    JsonNode root;
    try (InputStream stream =
        ReferenceConformations.class.getResourceAsStream("/reference/molecules/" + file)) {
      root = new ObjectMapper().readTree(stream);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    JsonNode all = root.get("conformations");
    List<Double> energies = new ArrayList<>();
    List<Double> positions = new ArrayList<>();
    List<Double> forces = new ArrayList<>();
    Map<EnergyTerm, double[]> terms = new EnumMap<>(EnergyTerm.class);
    for (JsonNode conformation : all) {
      for (int t = 0; t < root.get("term_names").size(); t++) {
        terms
                .computeIfAbsent(
                    term(root.get("term_names").get(t).asText()), key -> new double[all.size()])[
                energies.size()] =
            conformation.get("term_energies").get(t).asDouble();
      }
      energies.add(conformation.get("energy").asDouble());
      flatten(conformation.get("positions"), positions);
      flatten(conformation.get("forces"), forces);
    }
    return new ReferenceConformations(
        all.size(), array(positions), array(energies), terms, array(forces));
  }

  private static EnergyTerm term(String name) {
    for (EnergyTerm term : EnergyTerm.values()) {
      if (term.word().equals(name)) {
        return term;
      }
    }
    return NAMES.get(name);
  }

  private static void flatten(JsonNode rows, List<Double> into) {
    for (JsonNode row : rows) {
      row.forEach(number -> into.add(number.asDouble()));
    }
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.flowexp.execution.HydrogenBias;
import org.flowexp.marginal.IgnoredHydrogens.Weight;
import org.flowexp.marginal.ModeShift;
import org.flowexp.statistics.Spread;

/** The bias of ignoring hydrogens, for a person and for a program. */
record HydrogenBiasText(HydrogenBias bias, String mode, String data, String system) {
  private Map<String, ModeShift> targets() {
    Map<String, ModeShift> targets = new LinkedHashMap<>();
    targets.put("at_minimum", bias.atMinimum());
    targets.put("harmonic", bias.harmonic());
    targets.put("methyl_quadrature", bias.turned());
    return targets;
  }

  private static String phrase(String target) {
    return switch (target) {
      case "at_minimum" -> "hydrogens at their minimum, u_C";
      case "harmonic" -> "u_C + 1/2 log det H";
      default -> "the same, methyl angles by quadrature";
    };
  }

  String lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "`%s` of `%s`: %d of %d samples of `%s`, %d weighed%s"
            .formatted(mode, system, bias.inside(), bias.samples(), data, bias.weighed(), lost()));
    lines.add(row("probability of `" + mode + "` under", "", "ratio to all atoms", "ESS in/out"));
    lines.add(row("all atoms", text(bias.atMinimum().probability()), "1", ""));
    targets()
        .forEach(
            (name, shift) ->
                lines.add(
                    row(
                        phrase(name),
                        text(shift.weighted()),
                        text(shift.ratio()),
                        Math.round(shift.effective(true))
                            + "/"
                            + Math.round(shift.effective(false)))));
    lines.add(
        "mean u outside: %s of all atoms, %s at the minimum; inside: %s, %s"
            .formatted(
                Spread.figure(of(Weight::u, false, true).mean()),
                Spread.figure(of(Weight::minimum, false, true).mean()),
                Spread.figure(of(Weight::u, true, false).mean()),
                Spread.figure(of(Weight::minimum, true, false).mean())));
    Spread determinant = of(weight -> weight.halfLogDeterminant(), true, true);
    lines.add(
        "1/2 log det H: sd %s; inside less outside %s"
            .formatted(
                Spread.figure(determinant.deviation()),
                Spread.figure(difference(Weight::halfLogDeterminant))));
    for (int group = 0; group < groups(); group++) {
      int number = group;
      Spread wells = of(weight -> Math.log(weight.wells().get(number)), true, true);
      lines.add(
          "methyl group %d: log of its integral over one harmonic well %s; inside less outside %s"
              .formatted(
                  group + 1,
                  wells.text(),
                  Spread.figure(difference(weight -> Math.log(weight.wells().get(number))))));
    }
    lines.add(
        "energy evaluations: %.3g for the samples, %.3g for their weights"
            .formatted((double) bias.drawing(), (double) bias.weighing()));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private String lost() {
    return bias.lost() == 0 ? "" : ", " + bias.lost() + " of them without a minimum";
  }

  private static String row(String... cells) {
    return "  %-40s %-21s %-19s %s".formatted((Object[]) cells).stripTrailing();
  }

  private static String text(ModeShift.Estimate estimate) {
    return new Spread(estimate.value(), estimate.error()).text();
  }

  private int groups() {
    return bias.weights().stream().mapToInt(weight -> weight.wells().size()).max().orElse(0);
  }

  private double difference(ToDoubleFunction<Weight> value) {
    return of(value, true, false).mean() - of(value, false, true).mean();
  }

  private Spread of(ToDoubleFunction<Weight> value, boolean inside, boolean outside) {
    return Spread.of(
        IntStream.range(0, bias.weights().size())
            .filter(i -> bias.isInside(i) ? inside : outside)
            .filter(i -> bias.weights().get(i).exists())
            .mapToDouble(i -> value.applyAsDouble(bias.weights().get(i)))
            .toArray());
  }

  ObjectNode json(String file) {
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("file", file).put("system", system).put("data", data).put("mode", mode);
    tree.put("samples", bias.samples()).put("inside", bias.inside());
    tree.put("weighed", bias.weighed()).put("lost", bias.lost());
    put(tree.putObject("all_atoms"), "", bias.atMinimum().probability());
    targets()
        .forEach(
            (name, shift) -> {
              ObjectNode node = tree.putObject(name);
              put(node, "", shift.weighted());
              put(node, "ratio", shift.ratio());
              node.put("ess_inside", shift.effective(true));
              node.put("ess_outside", shift.effective(false));
            });
    tree.put("u_at_minimum_inside", of(Weight::minimum, true, false).mean());
    tree.put("u_at_minimum_outside", of(Weight::minimum, false, true).mean());
    tree.put("half_log_det_sd", of(Weight::halfLogDeterminant, true, true).deviation());
    tree.put("half_log_det_difference", difference(Weight::halfLogDeterminant));
    var groups = tree.putArray("log_wells");
    for (int group = 0; group < groups(); group++) {
      int number = group;
      groups.add(of(weight -> Math.log(weight.wells().get(number)), true, true).mean());
    }
    tree.put("energy_evals", bias.drawing() + bias.weighing());
    return tree;
  }

  private static void put(ObjectNode node, String prefix, ModeShift.Estimate estimate) {
    node.put(prefix.isEmpty() ? "probability" : prefix, estimate.value());
    node.put(prefix.isEmpty() ? "error" : prefix + "_error", estimate.error());
  }
}

package org.flowexp.claim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.Operation;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.MetricUse;
import org.flowexp.statistics.Spread;

/**
 * A condition asked of one arm.
 *
 * @param arm the arm of the metrics that name none
 */
record Question(VerdictModel asked, String title, ArmRuns arm, List<ArmRuns> arms) {

  /** The arm with these values on the axes but the seeds. */
  static Optional<ArmRuns> armOf(List<String> values, List<ArmRuns> arms) {
    return arms.stream().filter(arm -> arm.values().equals(values)).findFirst();
  }

  private ArmRuns armOf(MetricUse use) {
    return use.arm().map(values -> armOf(values, arms).orElseThrow()).orElse(arm);
  }

  /** The arm of the first metric. */
  ArmRuns judged() {
    return armOf(asked.uses().get(0));
  }

  Optional<Verdict> obstacle() {
    return asked.uses().stream()
        .flatMap(use -> armOf(use).obstacle(title, use.metric()).stream())
        .findFirst();
  }

  boolean holds() {
    return Arrays.stream(values(asked.condition())).allMatch(truth -> truth == 1);
  }

  /** A formula over the metrics asked about: a value a seed, or one if it reads none of them. */
  double[] values(Formula formula) {
    Map<String, double[]> values = new LinkedHashMap<>();
    asked.uses().forEach(use -> values.put(use.variable(), armOf(use).metric(use.metric())));
    return new Interpreter(new SeedValues(arm.seeds().size(), values)).values(formula);
  }

  /** {@code imbalance[l2] = 0.0120 ± 0.0030 over seeds 0, 1, 2; worst 0.0150}. */
  String measured() {
    Set<String> shown = new LinkedHashSet<>();
    asked.uses().forEach(use -> shown.add(measured(use)));
    return String.join(", ", shown);
  }

  private String measured(MetricUse use) {
    ArmRuns runs = armOf(use);
    double[] values = runs.metric(use.metric());
    String text =
        use.metric() + runs.suffix() + " = " + Spread.of(values).text() + runs.overSeeds();
    if (values.length == 1) {
      return text;
    }
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    return text
        + switch (wanted(use.variable())) {
          case SMALL -> " (worst " + Spread.figure(most) + ")";
          case LARGE -> " (worst " + Spread.figure(least) + ")";
          case UNKNOWN -> " (" + Spread.figure(least) + " to " + Spread.figure(most) + ")";
        };
  }

  private enum Wanted {
    SMALL,
    LARGE,
    UNKNOWN
  }

  /** Known where the condition compares the metric itself: {@code ess > 5 %}. */
  private Wanted wanted(String variable) {
    if (!(asked.kind() instanceof VerdictModel.Kind.Expectation)
        || !(asked.condition() instanceof Formula.Apply apply)
        || apply.operands().size() != 2) {
      return Wanted.UNKNOWN;
    }
    boolean left = isVariable(apply.operands().get(0), variable);
    boolean right = isVariable(apply.operands().get(1), variable);
    boolean less =
        apply.operation() == Operation.LESS || apply.operation() == Operation.LESS_OR_EQUAL;
    boolean greater =
        apply.operation() == Operation.GREATER || apply.operation() == Operation.GREATER_OR_EQUAL;
    if (left == right || !(less || greater)) {
      return Wanted.UNKNOWN;
    }
    return left == less ? Wanted.SMALL : Wanted.LARGE;
  }

  private static boolean isVariable(Formula formula, String name) {
    return formula instanceof Formula.Variable variable && variable.name().equals(name);
  }
}

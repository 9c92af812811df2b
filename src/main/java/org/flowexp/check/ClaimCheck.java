package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.model.Comparison;
import org.flowexp.model.Comparisons;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.MetricUse;
import org.flowexp.model.VerdictModel.Pairing;
import org.flowexp.source.Span;
import org.flowexp.statistics.ShiftTest;
import org.flowexp.statistics.SignificanceTest;
import org.flowexp.syntax.Declaration;

/** Whether claims are comparisons, are fair, and could ever be decided. */
final class ClaimCheck {
  private static final Set<Operation> COMPARISONS =
      Set.of(
          Operation.LESS, Operation.LESS_OR_EQUAL, Operation.GREATER, Operation.GREATER_OR_EQUAL);
  private static final int MOST_SEEDS = 64;

  private final Diagnostics diagnostics;
  private final Comparisons comparisons;
  private final int axes;
  private final List<Declaration.Claim> written = new ArrayList<>();
  private final List<Kind.Claim> claims = new ArrayList<>();

  /**
   * @param axes how many there are but the seeds
   */
  ClaimCheck(Diagnostics diagnostics, Comparisons comparisons, int axes) {
    this.diagnostics = diagnostics;
    this.comparisons = comparisons;
    this.axes = axes;
  }

  /** The claim with what is known of its arms, if it is one. */
  Optional<VerdictModel> check(Declaration.Claim claim, VerdictModel model) {
    Span span = claim.condition().span();
    Optional<String> mistake = mistake(model);
    if (mistake.isPresent()) {
      diagnostics.add(CompositionErrors.notOneComparison(mistake.get(), span));
      return Optional.empty();
    }
    Set<List<String>> arms = new LinkedHashSet<>();
    model.uses().forEach(use -> arms.add(use.arm().orElse(List.of())));
    Optional<Comparison> comparison = comparisons.of(List.copyOf(arms));
    comparison.ifPresent(compared -> fairness(compared, span));
    boolean paired = comparison.map(Comparison::paired).orElse(true) || !isOfTwoSides(model);
    Kind.Claim kind =
        new Kind.Claim(
            ((Kind.Claim) model.kind()).confidence(),
            paired ? Pairing.BY_SEED : Pairing.NONE,
            comparison);
    written.add(claim);
    claims.add(kind);
    return Optional.of(
        new VerdictModel(model.title(), kind, model.condition(), model.text(), model.uses()));
  }

  private Optional<String> mistake(VerdictModel model) {
    Formula condition = model.condition();
    if (Formulas.contains(condition, Formula.Reduce.class::isInstance)) {
      return Optional.of("a reduction over the seeds leaves nothing to test");
    }
    if (!(condition instanceof Formula.Apply apply) || !COMPARISONS.contains(apply.operation())) {
      return Optional.of("this is none");
    }
    if (Formulas.parts(apply).stream().anyMatch(side -> side.type().isTruth())) {
      return Optional.of("this compares conditions");
    }
    if (apply.operands().get(0).equals(apply.operands().get(1))) {
      return Optional.of("both sides are the same");
    }
    return model.uses().stream()
        .filter(use -> axes > 0 && use.arm().isEmpty())
        .findFirst()
        .map(use -> "`" + use.metric() + "` names no arm");
  }

  private void fairness(Comparison compared, Span span) {
    if (!compared.sameBudget()) {
      String budgets =
          String.join(
              ", ",
              IntStream.range(0, compared.arms().size())
                  .mapToObj(
                      i ->
                          String.join(" ", compared.arms().get(i))
                              + String.format(
                                  Locale.ROOT, " %,d", compared.energyEvaluations().get(i)))
                  .toList());
      diagnostics.add(CompositionErrors.unequalBudgets(budgets, span));
    } else if (compared.arms().size() > 1
        && !compared.paired()
        && !compared.firstPhase().isEmpty()) {
      String axesThatDiffer =
          String.join(", ", compared.differs().keySet().stream().map(a -> "`" + a + "`").toList());
      diagnostics.add(CompositionErrors.nothingShared(compared.firstPhase(), axesThatDiffer, span));
    }
  }

  /** One arm on the left, another on the right. */
  private static boolean isOfTwoSides(VerdictModel model) {
    Formula.Apply condition = (Formula.Apply) model.condition();
    Map<String, List<String>> arms = new HashMap<>();
    for (MetricUse use : model.uses()) {
      arms.put(use.variable(), use.arm().orElse(List.of()));
    }
    List<Set<List<String>>> sides = new ArrayList<>();
    for (Formula side : condition.operands()) {
      Set<List<String>> ofSide = new HashSet<>();
      arms.forEach(
          (variable, arm) -> {
            if (Formulas.reads(side, variable)) {
              ofSide.add(arm);
            }
          });
      sides.add(ofSide);
    }
    return sides.get(0).size() == 1
        && sides.get(1).size() == 1
        && !sides.get(0).equals(sides.get(1));
  }

  /**
   * After all claims of a sweep: Holm lets none pass whose smallest p, times the number of claims
   * not smaller, is above what it asks for.
   */
  void power(int seeds) {
    for (int i = 0; i < claims.size(); i++) {
      double best = smallest(seeds)[i];
      double needed = 1 - claims.get(i).confidence();
      if (!isEnough(best, needed)) {
        diagnostics.add(
            CompositionErrors.undecidable(
                figure(best)
                    + (claims.size() > 1 ? ", corrected for " + claims.size() + " claims" : ""),
                figure(needed),
                seeds,
                seedsNeeded(i),
                written.get(i).confidence().span()));
      }
    }
  }

  private Optional<Integer> seedsNeeded(int claim) {
    double needed = 1 - claims.get(claim).confidence();
    for (int seeds = 1; seeds <= MOST_SEEDS; seeds++) {
      if (isEnough(smallest(seeds)[claim], needed)) {
        return Optional.of(seeds);
      }
    }
    return Optional.empty();
  }

  private double[] smallest(int seeds) {
    return SignificanceTest.holm(
        claims.stream()
            .mapToDouble(
                claim ->
                    switch (claim.pairing()) {
                      case BY_SEED -> ShiftTest.smallestPaired(seeds);
                      case NONE -> ShiftTest.smallestUnpaired(seeds);
                    })
            .toArray());
  }

  private static boolean isEnough(double best, double needed) {
    return best <= needed * (1 + 1e-9);
  }

  private static String figure(double p) {
    return org.flowexp.statistics.Spread.figure(p);
  }
}

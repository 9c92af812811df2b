package org.flowexp.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.Band;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SweepModel;
import org.flowexp.model.SweepModel.Arm;
import org.flowexp.model.SweepModel.Axis;
import org.flowexp.model.SystemModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.MetricUse;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.units.Dimension;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Definition<String> NORMAL =
      new Definition<>(
          "normal",
          Category.BASE,
          Definition.Form.FUNCTION,
          "a base density",
          List.of(),
          "",
          arguments -> "normal");
  private static final Kind EXPECTATION = new Kind.Expectation();

  @Test
  void anExpectationOfOneArmHoldsIfItHoldsForEachSeed() {
    Verdict verdict =
        decide(below(0.2, Optional.of("l2"), EXPECTATION), runs(0.1, 0.12, 0.14, 0.5, 0.5, 0.5));
    assertEquals(
        new Verdict(
            "title", Outcome.HELD, "ess[l2] = 0.120 ± 0.020 over seeds 0, 1, 2 (worst 0.140)"),
        verdict);
  }

  @Test
  void oneSeedIsEnoughToFailIt() {
    Verdict verdict =
        decide(below(0.2, Optional.of("l2"), EXPECTATION), runs(0.1, 0.1, 0.21, 0, 0, 0));
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertTrue(verdict.explanation().contains("worst 0.210"), verdict.explanation());
  }

  @Test
  void theMeanMayHoldWhereASeedDoesNot() {
    Formula mean = new Formula.Reduce(Reduction.MEAN, variable(), Optional.empty(), Dimension.NONE);
    VerdictModel asked =
        new VerdictModel(
            "title", EXPECTATION, less(mean, 0.2, Extent.SCALAR), "", uses(Optional.of("l2")));
    assertEquals(Outcome.HELD, decide(asked, runs(0.1, 0.1, 0.21, 0, 0, 0)).outcome());
    assertEquals(Outcome.FAILED, decide(asked, runs(0.1, 0.3, 0.21, 0, 0, 0)).outcome());
  }

  @Test
  void withoutAnArmItIsAskedOfEveryArm() {
    VerdictModel asked = below(0.2, Optional.empty(), EXPECTATION);
    Verdict held = decide(asked, runs(0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
    assertEquals(Outcome.HELD, held.outcome());
    assertTrue(held.explanation().startsWith("in all 2 arms: "), held.explanation());
    Verdict failed = decide(asked, runs(0.1, 0.1, 0.1, 0.1, 0.3, 0.1));
    assertEquals(Outcome.FAILED, failed.outcome());
    assertTrue(
        failed.explanation().startsWith("fails in 1 of 2 arms: ess[kl_z] = "),
        failed.explanation());
  }

  @Test
  void anArmThatTheProfileLeavesOutIsUndecided() {
    Verdict verdict = decide(below(0.2, Optional.of("blend"), EXPECTATION), runs(0, 0, 0, 0, 0, 0));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals("ess[blend] is not among the arms that were run", verdict.explanation());
  }

  @Test
  void aFailedRunFailsItByName() {
    List<RunRecord> runs = new ArrayList<>(runs(0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
    runs.set(1, record("l2", 1, Map.of(), RunStatus.FAILED, Optional.of("diverged at step 12")));
    Verdict verdict = decide(below(0.2, Optional.of("l2"), EXPECTATION), runs);
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertEquals("the run objective=l2 seed=1 failed: diverged at step 12", verdict.explanation());
    assertEquals(
        Outcome.HELD, decide(below(0.2, Optional.of("kl_z"), EXPECTATION), runs).outcome());
  }

  @Test
  void notANumberIsAFailure() {
    Verdict verdict =
        decide(below(0.2, Optional.of("l2"), EXPECTATION), runs(0.1, Double.NaN, 0.1, 0, 0, 0));
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertEquals("the run objective=l2 seed=1 measured ess = NaN", verdict.explanation());
  }

  @Test
  void aMetricThatIsMissingIsAFailure() {
    List<RunRecord> runs = new ArrayList<>(runs(0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
    runs.set(2, record("l2", 2, Map.of(), RunStatus.FINISHED, Optional.empty()));
    Verdict verdict = decide(below(0.2, Optional.of("l2"), EXPECTATION), runs);
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertEquals("the run objective=l2 seed=2 did not measure ess", verdict.explanation());
  }

  @Test
  void aRunThatWasNotMadeLeavesItOpen() {
    List<RunRecord> runs = runs(0.1, 0.1, 0.1, 0.1, 0.1, 0.1).subList(0, 2);
    Verdict verdict = decide(below(0.2, Optional.of("l2"), EXPECTATION), runs);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
  }

  @Test
  void aClaimThatThreeSeedsCannotDecideIsOpen() {
    Verdict claim =
        decide(below(0.2, Optional.of("l2"), new Kind.Claim(0.95)), runs(0.1, 0.1, 0.11, 0, 0, 0));
    assertEquals(Outcome.UNDECIDED, claim.outcome());
    assertTrue(
        claim.explanation().startsWith("3 seeds cannot give p below 0.125; 5 seeds can; ess[l2] ="),
        claim.explanation());
  }

  @Test
  void withoutABaselineItIsOpen() {
    List<RunRecord> runs = runs(0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    Verdict baseline =
        decide(
            below(0.2, Optional.empty(), new Kind.WithinBaseline(new Band.Deviations(2.5))), runs);
    assertEquals(Outcome.UNDECIDED, baseline.outcome());
    assertTrue(baseline.explanation().startsWith("no baseline is recorded"));
  }

  private static Verdict decide(VerdictModel asked, List<RunRecord> runs) {
    List<Arm> arms =
        runs(0, 0, 0, 0, 0, 0).stream().map(run -> new Arm(run.axes(), experiment())).toList();
    SweepModel sweep =
        new SweepModel(
            "losses",
            "well",
            true,
            List.of(
                new Axis("objective", List.of("l2", "kl_z"), false),
                new Axis("seed", List.of("0", "1", "2"), true)),
            arms,
            List.of(asked));
    List<Verdict> verdicts = Verdicts.decide(sweep, runs, Optional.empty());
    assertEquals(1, verdicts.size());
    return verdicts.get(0);
  }

  private static ExperimentModel experiment() {
    Formula zero = new Formula.Number(0, Dimension.NONE);
    SystemModel system = new SystemModel.Analytic("s", 2, Optional.empty(), zero, Optional.empty());
    return new ExperimentModel(
        "well",
        system,
        new ArchitectureModel("a", new Part(NORMAL, new Arguments(Map.of())), List.of(), 2),
        List.of(),
        0,
        List.of(),
        0,
        1,
        Optional.empty(),
        Map.of());
  }

  /** Three seeds of l2, then three of kl_z. */
  private static List<RunRecord> runs(double... values) {
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      runs.add(
          record(
              i < 3 ? "l2" : "kl_z",
              i % 3,
              Map.of("ess", values[i]),
              RunStatus.FINISHED,
              Optional.empty()));
    }
    return runs;
  }

  private static RunRecord record(
      String objective,
      int seed,
      Map<String, Double> metrics,
      RunStatus status,
      Optional<String> message) {
    return new RunRecord(
        objective + seed,
        "hash",
        "objective=" + objective + " seed=" + seed,
        Map.of("objective", objective, "seed", String.valueOf(seed)),
        Map.of(),
        metrics,
        0,
        status,
        message);
  }

  private static VerdictModel below(double bound, Optional<String> arm, Kind kind) {
    return new VerdictModel(
        "title", kind, less(variable(), bound, Extent.BATCH), "ess < " + bound, uses(arm));
  }

  private static List<MetricUse> uses(Optional<String> arm) {
    return List.of(new MetricUse("m0", "ess", arm.map(List::of)));
  }

  private static Formula variable() {
    return new Formula.Variable("m0", FormulaType.number(Extent.BATCH, Dimension.NONE));
  }

  private static Formula less(Formula left, double bound, Extent extent) {
    return new Formula.Apply(
        Operation.LESS,
        List.of(left, new Formula.Number(bound, Dimension.NONE)),
        FormulaType.truth(extent));
  }
}

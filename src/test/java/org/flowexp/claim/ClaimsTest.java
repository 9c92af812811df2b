package org.flowexp.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.Pairing;
import org.flowexp.parse.Parser;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.source.SourceFile;
import org.junit.jupiter.api.Test;

/** From the text of a claim and the metrics of its runs to the verdict. */
class ClaimsTest {
  private static final Path FILE = Path.of("src/test/resources/claims/tiny.flowexp");
  private static final double[] SMALL = {0.10, 0.12, 0.11, 0.13, 0.09, 0.12};
  private static final double[] LARGE = {0.20, 0.22, 0.25, 0.21, 0.24, 0.23};
  private static final String LESS = "spread[l2] < spread[idle]";

  /** The tiny experiment with these verdicts, and with more changed. */
  private static SweepModel sweep(String verdicts, String... changes) {
    try {
      String text = Files.readString(FILE);
      text = text.replaceAll("(?m)^  (expect|claim) .*\n", "");
      text = text.replace("  seed in 0..5\n", "  seed in 0..5\n" + verdicts + "\n");
      for (int i = 0; i < changes.length; i += 2) {
        assertTrue(text.contains(changes[i]), changes[i]);
        text = text.replace(changes[i], changes[i + 1]);
      }
      Diagnostics diagnostics = new Diagnostics();
      SourceFile file = new SourceFile("tiny.flowexp", text);
      var suite =
          Checker.check(
              Parser.parse(file, diagnostics),
              new Choices(List.of(), Optional.empty(), Optional.empty()),
              diagnostics);
      assertTrue(suite.isPresent(), () -> diagnostics.inFileOrder().toString());
      return suite.get().sweeps().get(0);
    } catch (java.io.IOException missing) {
      throw new java.io.UncheckedIOException(missing);
    }
  }

  private static String claim(String... conditions) {
    StringBuilder text = new StringBuilder();
    for (String condition : conditions) {
      text.append("  claim \"").append(condition).append("\": ").append(condition);
      text.append(" with confidence 95 %\n");
    }
    return text.toString();
  }

  private static RunRecord run(SweepModel.Arm arm, double spread, RunStatus status) {
    Map<String, Double> metrics =
        status == RunStatus.FINISHED ? Map.of("spread", spread, "ess", 0.5) : Map.of();
    String name = arm.values().get("objective") + " " + arm.values().get("seed");
    return new RunRecord(
        name, "hash", name, arm.values(), Map.of(), metrics, 0, status, Optional.empty());
  }

  /** l2 first, then idle. */
  private static List<RunRecord> runs(SweepModel sweep, double[] l2, double[] idle) {
    List<RunRecord> runs = new ArrayList<>();
    for (SweepModel.Arm arm : sweep.arms()) {
      int seed = Integer.parseInt(arm.values().get("seed"));
      double[] values = arm.values().get("objective").equals("l2") ? l2 : idle;
      runs.add(run(arm, values[seed], RunStatus.FINISHED));
    }
    return runs;
  }

  private static List<Verdict> decide(SweepModel sweep, double[] l2, double[] idle) {
    return Verdicts.decide(sweep, runs(sweep, l2, idle), Optional.empty());
  }

  @Test
  void sixPairsOnOneSideAreOneCaseIn64() {
    SweepModel sweep = sweep(claim(LESS));
    Verdict held = decide(sweep, SMALL, LARGE).get(0);
    assertEquals(Outcome.HELD, held.outcome());
    Evidence evidence = held.evidence().orElseThrow();
    assertEquals(1.0 / 64, evidence.p());
    assertEquals(-0.68 / 6, evidence.effect(), 1e-12);
    assertTrue(evidence.upper() < 0 && evidence.lower() < evidence.effect());
    assertTrue(evidence.test().contains("paired"), evidence.test());
    assertEquals(Outcome.FAILED, decide(sweep, LARGE, SMALL).get(0).outcome());
    assertEquals(Outcome.FAILED, decide(sweep, SMALL, SMALL).get(0).outcome());
  }

  @Test
  void aFactorIsPartOfTheQuestion() {
    assertEquals(Outcome.HELD, of("spread[idle] > 1.5 * spread[l2]").outcome());
    assertEquals(Outcome.FAILED, of("spread[idle] > 2.5 * spread[l2]").outcome());
    assertEquals(Outcome.HELD, of("spread[l2] / spread[idle] < 0.7").outcome());
    assertEquals(Outcome.FAILED, of("spread[l2] / spread[idle] < 0.4").outcome());
    assertTrue(of("spread[idle] > spread[l2]").evidence().orElseThrow().effect() > 0);
  }

  private static Verdict of(String condition) {
    return decide(sweep(claim(condition)), SMALL, LARGE).get(0);
  }

  @Test
  void severalClaimsShareTheLevel() {
    SweepModel sweep = sweep(claim(LESS, "ess[l2] < 0.6", "ess[l2] > 0.4"));
    List<Verdict> verdicts = decide(sweep, SMALL, LARGE);
    for (Verdict verdict : verdicts) {
      assertEquals(3.0 / 64, verdict.evidence().orElseThrow().adjusted(), 1e-15);
      assertEquals(Outcome.HELD, verdict.outcome());
    }
  }

  @Test
  void aMissingSeedCannotHelpTheClaim() {
    SweepModel sweep = sweep(claim(LESS, "spread[idle] > spread[l2]"));
    for (int broken = 0; broken < sweep.arms().size(); broken++) {
      List<RunRecord> runs = runs(sweep, SMALL, LARGE);
      runs.set(broken, run(sweep.arms().get(broken), 0, RunStatus.FAILED));
      for (Verdict verdict : Verdicts.decide(sweep, runs, Optional.empty())) {
        assertEquals(Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.explanation().contains("counts against"), verdict.explanation());
      }
      runs.remove(broken);
      for (Verdict verdict : Verdicts.decide(sweep, runs, Optional.empty())) {
        assertEquals(Outcome.UNDECIDED, verdict.outcome());
      }
    }
    double[] infinite = LARGE.clone();
    infinite[3] = Double.POSITIVE_INFINITY;
    assertEquals(Outcome.FAILED, decide(sweep, SMALL, infinite).get(0).outcome());
  }

  @Test
  void armsThatShareTheirPretrainingAreEqualButForTheObjective() {
    Kind.Claim claim = (Kind.Claim) sweep(claim(LESS)).verdicts().get(0).kind();
    var comparison = claim.comparison().orElseThrow();
    assertEquals(Pairing.BY_SEED, claim.pairing());
    assertEquals(Map.of("objective", List.of("l2", "idle")), comparison.differs());
    assertEquals(List.of("pretrain"), comparison.sharedPhases());
    // 120 steps of 128, evaluated after steps 70 and 140 of the run
    assertEquals(
        List.of(120L * 128 + 2 * 4_000, 120L * 128 + 2 * 4_000), comparison.energyEvaluations());
  }

  @Test
  void armsThatShareNothingAreTwoSamples() {
    SweepModel sweep =
        sweep(
            claim("spread[l2] < spread[start]"),
            "loss idle on model = 0 * mean((log_w - stop(mean(log_w)))^2)",
            "loss start on model = 2 * mean((log_w - stop(mean(log_w)))^2)",
            "minimize = kl_x",
            "minimize = objective",
            "  phase repair",
            "  phase more",
            "objective in [l2, idle]",
            "objective in [l2, start]",
            "import \"std/losses\" { kl_x, l2 }",
            "import \"std/losses\" { l2 }",
            "data = some, ",
            "",
            "phase pretrain {",
            "phase pretrain data_free {");
    assertEquals(Pairing.NONE, ((Kind.Claim) sweep.verdicts().get(0).kind()).pairing());
  }

  @Test
  void aBaselineIsRecordedAndLaterRunsAreComparedWithIt() {
    SweepModel sweep = sweep("  expect \"no drift\": spread within 2.5 of baseline");
    Recording recording =
        Recording.of(sweep, runs(sweep, SMALL, LARGE), "", "float32", "cpu", "2026-01-01");
    assertEquals(2, recording.entries().size());
    var figures = recording.entries().get(0).metrics().get("spread");
    assertEquals(6, figures.n());
    assertEquals(0.67 / 6, figures.mean(), 1e-15);
    // Σ(x − mean)² = 1.0833e−3 over 5
    assertEquals(0.014720, figures.sd(), 1e-6);

    assertEquals(Outcome.HELD, against(recording, sweep, "float32", "cpu", 2.4).outcome());
    assertEquals(Outcome.FAILED, against(recording, sweep, "float32", "cpu", 2.6).outcome());
    Verdict precision = against(recording, sweep, "float64", "cpu", 0);
    assertEquals(Outcome.UNDECIDED, precision.outcome());
    assertTrue(precision.explanation().contains("float32 on cpu"), precision.explanation());
    assertEquals(Outcome.UNDECIDED, against(recording, sweep, "float32", "gpu", 0).outcome());
    SweepModel other =
        sweep(
            "  expect \"no drift\": spread within 2.5 of baseline",
            "param rate : real = 1e-2",
            "param rate : real = 2e-2");
    Verdict changed = against(recording, other, "float32", "cpu", 0);
    assertEquals(Outcome.UNDECIDED, changed.outcome());
    assertTrue(changed.explanation().contains("another experiment"), changed.explanation());
  }

  /** The l2 runs moved by so many recorded standard deviations. */
  private static Verdict against(
      Recording recording, SweepModel sweep, String precision, String device, double away) {
    double sd = recording.entries().get(0).metrics().get("spread").sd();
    double[] moved = SMALL.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += away * sd;
    }
    Baselines baselines = new Baselines(recording.entries(), precision, device);
    return Verdicts.decide(sweep, runs(sweep, moved, LARGE), Optional.of(baselines)).get(0);
  }

  @Test
  void aPredictionIntervalNeedsTenSeedsAndKnowsHowManyAreRun() {
    String asked = "  expect \"no drift\": spread within prediction(99 %) of baseline";
    SweepModel six = sweep(asked);
    Verdict few =
        against(
            Recording.of(six, runs(six, SMALL, LARGE), "", "float32", "cpu", "2026-01-01"),
            six,
            "float32",
            "cpu",
            0);
    assertEquals(Outcome.UNDECIDED, few.outcome());
    assertTrue(
        few.explanation().startsWith("the baseline has 6 seeds, it needs 10"), few.explanation());

    SweepModel ten = sweep(asked, "seed in 0..5", "seed in 0..9");
    double[] recorded = {0.10, 0.12, 0.11, 0.13, 0.09, 0.12, 0.10, 0.11, 0.12, 0.10};
    Recording recording =
        Recording.of(ten, runs(ten, recorded, recorded), "", "float32", "cpu", "2026-01-01");
    // t of 9 degrees of freedom, 99.5 %: 3.2498; over six seeds: times √(1/6 + 1/10) = 0.51640
    double allowed = 3.2498 * 0.51640;
    assertEquals(Outcome.HELD, moved(recording, six, allowed - 0.01).outcome());
    Verdict drifted = moved(recording, six, allowed + 0.01);
    assertEquals(Outcome.FAILED, drifted.outcome());
    assertTrue(
        drifted.explanation().contains("sd away, allowed 1.68 (prediction interval of 99.0 %)"),
        drifted.explanation());
  }

  @Test
  void ofTwoRecordsOfOneExperimentTheOneOfMoreSeedsCounts() {
    SweepModel six = sweep("  expect \"no drift\": spread within 2.5 of baseline");
    SweepModel ten = sweep("", "seed in 0..5", "seed in 0..9");
    double[] recorded = {0.10, 0.12, 0.11, 0.13, 0.09, 0.12, 0.10, 0.11, 0.12, 0.10};
    Baselines.Entry few =
        Recording.of(six, runs(six, LARGE, LARGE), "", "float32", "cpu", "2026-01-01")
            .entries()
            .get(0);
    Baselines.Entry many =
        Recording.of(ten, runs(ten, recorded, recorded), "ten", "float32", "cpu", "2026-01-02")
            .entries()
            .get(0);
    assertTrue(few.isReplacedBy(many));
    assertFalse(many.isReplacedBy(few));
    Baselines both = new Baselines(List.of(few, many), "float32", "cpu");
    assertEquals(10, both.find("repair", few.arm(), few.hash(), "spread", 3).figures().get(0).n());
  }

  /** Runs of six seeds, all so many recorded standard deviations from the recorded mean. */
  private static Verdict moved(Recording recording, SweepModel sweep, double away) {
    Baselines.Figures figures = recording.entries().get(0).metrics().get("spread");
    double[] values = new double[6];
    java.util.Arrays.fill(values, figures.mean() + away * figures.sd());
    Baselines baselines = new Baselines(recording.entries(), "float32", "cpu");
    return Verdicts.decide(sweep, runs(sweep, values, values), Optional.of(baselines)).get(0);
  }

  @Test
  void aBaselineNeedsRunsThatFinished() {
    SweepModel sweep = sweep("");
    List<RunRecord> runs = runs(sweep, SMALL, LARGE);
    runs.set(0, run(sweep.arms().get(0), 0, RunStatus.FAILED));
    Recording recording = Recording.of(sweep, runs, "", "float32", "cpu", "2026-01-01");
    assertEquals(List.of("idle"), recording.entries().get(0).arm());
    assertTrue(recording.left().get(0).startsWith("repair[l2]: the run"), "" + recording.left());
  }
}

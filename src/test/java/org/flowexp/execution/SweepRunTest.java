package org.flowexp.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.flowexp.lower.EnergyBudget;
import org.flowexp.model.LossModel;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.stage.Kept;
import org.flowexp.stage.MemoryStore;
import org.flowexp.stage.PhaseRecord;
import org.flowexp.stage.Stage;
import org.flowexp.stage.StageStore;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.DoubleWell.Training;
import org.flowexp.testing.Recording;
import org.junit.jupiter.api.Test;

class SweepRunTest {
  private static final RunSettings SETTINGS =
      new RunSettings(Precision.FLOAT32, Device.CPU, 2, false);

  /** Writes down which stages are really run, and what they gave. */
  private static final class CountingStore implements StageStore {
    private final MemoryStore kept = new MemoryStore();
    private final List<String> run = Collections.synchronizedList(new ArrayList<>());
    private final List<Object> results = Collections.synchronizedList(new ArrayList<>());

    @Override
    public <T> Kept<T> get(Stage<T> stage, Supplier<T> work) {
      return kept.get(
          stage,
          () -> {
            run.add(stage.id());
            T result = work.get();
            results.add(result);
            return result;
          });
    }

    @Override
    public boolean holds(Stage<?> stage) {
      return kept.holds(stage);
    }

    long count(String prefix) {
      return run.stream().filter(key -> key.startsWith(prefix)).count();
    }

    List<PhaseRecord> ends() {
      return results.stream()
          .filter(PhaseRecord.class::isInstance)
          .map(PhaseRecord.class::cast)
          .toList();
    }
  }

  private static double kl(RunEvent.Evaluated evaluated) {
    return evaluated.values().get("unseen_kl");
  }

  @Test
  void armsShareDataAndPretrainingAndMaskedL2Repairs() {
    List<LossModel> losses = List.of(DoubleWell.klZ(), DoubleWell.l2(), DoubleWell.l2Masked());
    var store = new CountingStore();
    var heard = new Recording();
    var sweep = DoubleWell.small().sweep(losses, 2);
    List<RunRecord> records =
        new SweepRun(Workplace.of(store)).execute(sweep, SETTINGS, heard).records();

    // 2 seeds pretrain once each; 6 arms repair
    assertEquals(2 + 6, store.count("phase-"));
    // drawn, taken for the metrics, dropped, resampled, taken for training
    assertEquals(5, store.count("data-"));
    // steps 100 and 200 of each pretraining; 300, 400 and 500 of each repair
    assertEquals(2 * 2 + 6 * 3, store.count("evaluation-"));
    assertEquals(
        EnergyBudget.of(sweep.arms().get(0).experiment()).total(), records.get(0).energyEvals());
    assertEquals(6, new HashSet<>(records.stream().map(RunRecord::id).toList()).size());
    assertEquals("objective=kl_z seed=1", records.get(1).name());
    assertEquals(1, records.stream().map(RunRecord::energyEvals).distinct().count());
    // 6 chains of: 4 · 16 walkers, evaluations on the way, 300 steps of 512, held-out data
    long sampled = 4 * 16 * (1 + 1_000 + 20 * 8_000 / 16);
    assertEquals(sampled + 5 * 10_000 + 300 * 512 + 4_000, records.get(0).energyEvals());

    for (var started : heard.of(RunEvent.RunStarted.class)) {
      String id = started.run().id();
      assertEquals(2, heard.of(id, RunEvent.PhaseStarted.class).size());
      var steps = heard.of(id, RunEvent.StepLogged.class);
      assertEquals(50, steps.size());
      assertEquals(500, steps.get(49).step());
      var evaluations = heard.of(id, RunEvent.Evaluated.class);
      assertEquals(5, evaluations.size());
      var finished = heard.of(id, RunEvent.RunFinished.class);
      assertEquals(RunStatus.FINISHED, finished.get(0).status(), finished.toString());
      if (started.run().name().startsWith("objective=l2_masked")) {
        double before = kl(evaluations.get(1));
        double after = kl(evaluations.get(4));
        assertTrue(after < 0.5 * before, before + " to " + after);
        assertTrue(evaluations.get(4).values().get("log_z_error") < 0.05);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    var sweep = DoubleWell.small().sweep(List.of(DoubleWell.l2Masked()), 2);
    var first = new CountingStore();
    var second = new CountingStore();
    var alone = new RunSettings(Precision.FLOAT32, Device.CPU, 1, false);
    var a = new SweepRun(Workplace.of(first)).execute(sweep, SETTINGS, new Recording());
    var b = new SweepRun(Workplace.of(second)).execute(sweep, alone, new Recording());
    assertEquals(a, b);
    assertEquals(sums(first), sums(second));
    assertFalse(a.records().get(0).metrics().equals(a.records().get(1).metrics()));
  }

  private static List<Integer> sums(CountingStore store) {
    return store.ends().stream().map(end -> Arrays.hashCode(end.parameters())).sorted().toList();
  }

  @Test
  void anArmThatDivergesNamesPhaseStepAndTermAndKeepsItsLastGoodState() {
    var wild =
        DoubleWell.small()
            .repairedBy(t -> new Training(t.steps(), t.batch(), 1e6, 1e6, 0))
            .experiment(DoubleWell.l2Masked(), 0);
    var calm = DoubleWell.small().experiment(DoubleWell.l2Masked(), 0);
    var sweep = DoubleWell.small().sweep(List.of(DoubleWell.l2Masked()), 2);
    var arms =
        List.of(
            new SweepModel.Arm(sweep.arms().get(0).values(), wild),
            new SweepModel.Arm(sweep.arms().get(1).values(), calm));
    var both = new SweepModel("wild", "dw", true, List.of(), arms, List.of());
    var store = new CountingStore();
    var records =
        new SweepRun(Workplace.of(store)).execute(both, SETTINGS, new Recording()).records();

    RunRecord failed = records.get(0);
    assertEquals(RunStatus.FAILED, failed.status());
    String message = failed.message().orElseThrow();
    assertTrue(message.contains("phase `repair` diverged in step "), message);
    assertTrue(message.contains("`l2_masked`"), message);
    assertEquals(RunStatus.FINISHED, records.get(1).status());
    PhaseRecord end =
        store.ends().stream().filter(e -> e.divergence().isPresent()).findFirst().orElseThrow();
    assertTrue(Arrays.stream(end.parameters()).allMatch(Double::isFinite));
    assertTrue(Arrays.stream(end.parameters()).anyMatch(p -> p != 0));
    assertEquals("repair", end.divergence().orElseThrow().phase());
  }
}

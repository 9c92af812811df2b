package org.flowexp.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flowexp.data.Samples;
import org.flowexp.lower.Lowering;
import org.flowexp.model.ExperimentModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.stage.MemoryStore;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.SessionRuns;
import org.flowexp.train.Trainer;
import org.flowexp.train.TrainingObserver;
import org.flowexp.train.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training step is one run of a session. Each tenth also reads the parameters, for what a
 * divergence leaves behind.
 */
final class SessionRunsTest {
  private static final int ON_DATA = 0;
  private static final int ON_ITSELF = 1;
  private static final int WINDOW = 10;

  private static ExperimentModel experiment() {
    return DoubleWell.small().experiment(DoubleWell.l2Masked(), 0);
  }

  /** Of steps 2, 3, … of a phase. */
  private static List<Long> asTheyShouldBe(int phase) {
    long last = experiment().phases().get(phase).steps();
    return LongStream.rangeClosed(2, last).map(n -> n % WINDOW == 0 ? 2 : 1).boxed().toList();
  }

  /** Runs of steps 2, 3, … of a phase; what is done after a step belongs to the next. */
  private static List<Long> runs(int phase, Consumer<Supplier<TrainingState>> afterAStep) {
    ExperimentModel experiment = experiment();
    double[] rows = new Random(1).doubles(2_000, -1, 1).toArray();
    Optional<Samples> data =
        experiment.phases().get(phase).data().map(source -> Samples.of(rows, 2, "rows"));
    List<Long> after = new ArrayList<>();
    try (SessionRuns runs = new SessionRuns();
        var program = Lowering.lower(experiment, Precision.FLOAT32);
        var session = SessionOptions.cpu(1).open(program.builder().graph())) {
      TrainingObserver observer =
          new TrainingObserver() {
            @Override
            public void logged(long step, Map<String, Double> values) {}

            @Override
            public void stepped(long step, Supplier<TrainingState> state) {
              after.add(runs.soFar());
              afterAStep.accept(state);
            }
          };
      new Trainer(program, session, 0, phase, data, 0, observer).train(program.initial(0));
    }
    return differences(after);
  }

  private static List<Long> differences(List<Long> counts) {
    List<Long> differences = new ArrayList<>();
    for (int i = 1; i < counts.size(); i++) {
      differences.add(counts.get(i) - counts.get(i - 1));
    }
    return differences;
  }

  @ParameterizedTest
  @ValueSource(ints = {ON_DATA, ON_ITSELF})
  void aStepIsOneRunOfASession(int phase) {
    assertEquals(asTheyShouldBe(phase), runs(phase, state -> {}));
  }

  /** Of a loop that reads what it needs only for a checkpoint. */
  @ParameterizedTest
  @ValueSource(ints = {ON_DATA, ON_ITSELF})
  void anotherRunBesideTheStepIsNoticed(int phase) {
    assertNotEquals(asTheyShouldBe(phase), runs(phase, state -> assertNotNull(state.get())));
  }

  private record Heard(RunEvent event, long runs) {}

  /** Of a whole run: its two phases, evaluated between their steps. */
  @Test
  void anEvaluationBetweenStepsLeavesTheStepsAfterItAsTheyAre() {
    List<Heard> heard = new ArrayList<>();
    try (SessionRuns runs = new SessionRuns()) {
      RunListener listener =
          new RunListener() {
            @Override
            public void accept(RunEvent event) {
              heard.add(new Heard(event, runs.soFar()));
            }

            @Override
            public void close() {}
          };
      new SweepRun(Workplace.of(new MemoryStore()))
          .execute(
              DoubleWell.small().sweep(List.of(DoubleWell.l2Masked()), 1),
              new RunSettings(Precision.FLOAT32, Device.CPU, 1, false),
              listener);
    }
    assertEquals(List.of(WINDOW + 1L), between(RunEvent.StepLogged.class, heard));
    assertEquals(List.of(WINDOW + 1L), between(RunEvent.Evaluated.class, heard));
    // The first steps of a phase, after the parameters and the optimizer's moments were set.
    assertEquals(List.of(WINDOW + 4L), between(RunEvent.PhaseStarted.class, heard));
  }

  /** Runs between an event of a kind and a logged step that is the next event. */
  private static List<Long> between(Class<? extends RunEvent> kind, List<Heard> heard) {
    return IntStream.range(1, heard.size())
        .filter(i -> kind.isInstance(heard.get(i - 1).event))
        .filter(i -> heard.get(i).event instanceof RunEvent.StepLogged)
        .mapToObj(i -> heard.get(i).runs - heard.get(i - 1).runs)
        .distinct()
        .toList();
  }
}

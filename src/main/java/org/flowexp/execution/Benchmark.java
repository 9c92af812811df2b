package org.flowexp.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.data.Samples;
import org.flowexp.lower.Lowering;
import org.flowexp.lower.Program;
import org.flowexp.lower.TrainingStep;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.StageStore;
import org.flowexp.tensor.ProductPeak;
import org.flowexp.tensor.Work;
import org.flowexp.train.Trained;
import org.flowexp.train.Trainer;

/**
 * Takes the time of the steps that a run trains with: the same graph, fed by the same loop, on the
 * same data; the phases alone are shorter or longer.
 */
public final class Benchmark {
  private static final int ROWS = 10_000;
  private static final int DRAWS = 5;
  private static final String PURPOSE = "bench";

  private final RunSettings settings;
  private final Extent extent;
  private final Runnable pace;
  private final DataStages data;

  /**
   * How much is measured.
   *
   * @param warmUp steps before the first round
   * @param steps of a round
   * @param watched whether one more step is watched operation by operation
   */
  public record Extent(long warmUp, long steps, int rounds, boolean watched) {
    /** Checks that there is something to measure. */
    public Extent {
      if (warmUp < 1 || steps < 1 || rounds < 1) {
        throw new IllegalArgumentException(warmUp + ", " + steps + ", " + rounds);
      }
    }

    /** Steps of a phase. */
    public long all() {
      return warmUp + rounds * steps;
    }
  }

  /** A loss that became no number, whose steps would measure nothing. */
  public static final class Diverged extends Exception {
    private static final long serialVersionUID = 1;

    Diverged(String message) {
      super(message);
    }
  }

  /**
   * For some runs.
   *
   * @param pace runs before each round, outside its time
   * @param store where data are that phases train on; they are made if they are not there
   */
  public Benchmark(RunSettings settings, Extent extent, Runnable pace, StageStore store) {
    this.settings = settings;
    this.extent = extent;
    this.pace = pace;
    this.data = new DataStages(store, settings, new StopRequest());
  }

  /** Operations in products of matrices that a second of processor time can do here. */
  public double productPeak() {
    return ProductPeak.of(
        settings.precision(), settings.session(settings.threads()), ProcessorClock::nanos);
  }

  /** Measures all phases of a run, one after the other. */
  public ExperimentCost of(ExperimentModel experiment) throws Diverged {
    Map<DataSource, Samples> learnt = new HashMap<>();
    experiment.architecture().bakedIn().forEach(source -> learnt.put(source, samples(source)));
    long begin = System.nanoTime();
    Program program = Lowering.lower(resized(experiment), settings.precision(), learnt::get);
    double built = (System.nanoTime() - begin) * 1e-9;
    try (Opened opened =
        new Opened(
            program, settings.runSession(settings.threads()).open(program.builder().graph()))) {
      List<PhaseCost> phases = new ArrayList<>();
      double[] parameters = program.initial(experiment.seed());
      for (int i = 0; i < program.phases().size(); i++) {
        parameters = phase(opened, i, parameters, phases);
      }
      int nodes = 0;
      for (var all = program.builder().graph().operations(); all.hasNext(); all.next()) {
        nodes++;
      }
      return new ExperimentCost(
          built, nodes, program.layout().size(), drawn(opened), energies(opened), phases);
    }
  }

  private Samples samples(DataSource source) {
    return data.of(source).value().samples();
  }

  private ExperimentModel resized(ExperimentModel experiment) {
    List<PhaseModel> phases =
        experiment.phases().stream()
            .map(
                phase ->
                    new PhaseModel(
                        phase.name(),
                        phase.dataFree(),
                        phase.data(),
                        phase.loss(),
                        phase.beta(),
                        extent.all(),
                        phase.batch(),
                        phase.optimizer()))
            .toList();
    return new ExperimentModel(
        experiment.name(),
        experiment.system(),
        experiment.architecture(),
        phases,
        experiment.seed(),
        experiment.metrics(),
        experiment.evaluateEvery(),
        experiment.evaluateOn(),
        experiment.trackedAs(),
        experiment.params(),
        experiment.initial(),
        experiment.figures());
  }

  private double[] phase(Opened opened, int number, double[] start, List<PhaseCost> costs)
      throws Diverged {
    TrainingStep step = opened.program().phases().get(number);
    Optional<Samples> rows = step.phase().data().map(this::samples);
    StepTimes times = new StepTimes(extent, pace);
    Trainer trainer =
        new Trainer(
            opened.program(),
            opened.session(),
            opened.program().experiment().seed(),
            number,
            rows,
            0,
            times);
    Trained trained = trainer.train(start);
    if (trained.divergence().isPresent()) {
      throw new Diverged(
          "phase `%s` has no finite loss after %d steps"
              .formatted(step.phase().name(), trained.steps()));
    }
    Work work = step.work();
    boolean card = settings.device().isGpu();
    Optional<Placement> watched =
        extent.watched() || card
            ? Optional.of(new Placement(trainer.watched(extent.all() - 1)))
            : Optional.empty();
    costs.add(
        new PhaseCost(
            step.phase().name(),
            step.loss(),
            step.phase().batch(),
            times.processor(),
            times.wall(),
            times.firstStepSeconds(),
            work.nodes(),
            step.energyEvaluations(),
            work.productOperations(),
            ProcessorClock.peakMemory(),
            watched.filter(some -> extent.watched()).map(Placement::seconds).orElse(Map.of()),
            watched
                .filter(some -> card)
                .map(some -> some.strays(Placement.OF_THE_PROCESSOR))
                .orElse(List.of())));
    return trained.parameters();
  }

  private double drawn(Opened opened) {
    return perSecond(
        () ->
            opened
                .program()
                .samples()
                .draw(opened.session(), 0, PURPOSE, ROWS, List.of("x", "log_q")));
  }

  private double energies(Opened opened) {
    double[] x =
        opened.program().samples().draw(opened.session(), 0, PURPOSE, ROWS, List.of("x")).get("x");
    return perSecond(() -> opened.program().density().at(opened.session(), x, List.of("u")));
  }

  private static double perSecond(Runnable work) {
    double[] seconds = new double[DRAWS];
    work.run();
    for (int i = 0; i < DRAWS; i++) {
      long begin = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - begin) * 1e-9;
    }
    Arrays.sort(seconds);
    return ROWS / seconds[DRAWS / 2];
  }
}

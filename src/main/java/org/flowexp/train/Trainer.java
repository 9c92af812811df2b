package org.flowexp.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flowexp.data.Batches;
import org.flowexp.data.Samples;
import org.flowexp.lower.Program;
import org.flowexp.lower.TrainingStep;
import org.flowexp.objective.Objective;
import org.flowexp.objective.SourceBatch;
import org.flowexp.random.Seeds;
import org.flowexp.run.Divergence;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * Runs one phase. What a step sees is a function of (seed, number of the phase, step), so equal
 * seeds give equal bits on a processor.
 */
public final class Trainer {
  /** Steps between logged values. */
  static final int WINDOW = 10;

  /** So many steps in a row without a finite gradient are a divergence. */
  static final int PATIENCE = 10;

  private final Program program;
  private final Session session;
  private final long seed;
  private final int number;
  private final TrainingStep phase;
  private final Optional<Samples> data;
  private final Optional<Batches> batches;
  private final long firstStep;
  private final TrainingObserver observer;
  private final double[] sums;
  private int summed;
  private int withoutGradient;
  private final double[] logZ;
  private double[] good;
  private double[] candidate;

  /**
   * Prepares a phase.
   *
   * @param number of the phase, from 0
   * @param data rows in the order of the data set; there if the phase's loss reads data
   * @param firstStep steps of the run before this phase
   */
  public Trainer(
      Program program,
      Session session,
      long seed,
      int number,
      Optional<Samples> data,
      long firstStep,
      TrainingObserver observer) {
    this.program = program;
    this.session = session;
    this.seed = seed;
    this.number = number;
    this.phase = program.phases().get(number);
    this.data = data;
    this.batches =
        data.map(
            samples ->
                new Batches(
                    samples.count(),
                    phase.objective().batchSize(),
                    seed,
                    "phase/" + number + "/batch"));
    this.firstStep = firstStep;
    this.observer = observer;
    this.sums = new double[phase.reported().size()];
    this.logZ = new double[phase.objective().batches().size()];
    Arrays.fill(logZ, Double.NaN);
  }

  /** Runs all steps, or as many as stay finite. */
  public Trained train(double[] start) {
    program.parameters().assign(session, start);
    phase.adam().reset(session);
    good = start.clone();
    candidate = good;
    return from(0);
  }

  /** Runs the steps that are left. */
  public Trained resume(TrainingState state) {
    program.parameters().assign(session, state.parameters());
    phase.adam().firstMoment().assign(session, state.first());
    phase.adam().secondMoment().assign(session, state.second());
    good = state.good();
    candidate = state.justLogged() ? state.parameters() : good;
    System.arraycopy(state.sums(), 0, sums, 0, sums.length);
    System.arraycopy(state.logZ(), 0, logZ, 0, logZ.length);
    summed = state.summed();
    withoutGradient = state.withoutGradient();
    return from(state.step());
  }

  private Trained from(long first) {
    long steps = phase.phase().steps();
    for (long step = first; step < steps; step++) {
      double[] report = step(step, Session.Runner::run);
      Optional<Divergence> divergence = divergence(step, report);
      if (divergence.isPresent()) {
        program.parameters().assign(session, good);
        return new Trained(good, step, energyEvaluations(step + 1), divergence);
      }
      good = candidate;
      remember(step, report);
      log(step, report, step + 1 == steps);
      long done = step + 1;
      observer.stepped(firstStep + done, () -> state(done));
    }
    return new Trained(
        program.parameters().read(session), steps, energyEvaluations(steps), Optional.empty());
  }

  /**
   * A step like any other, watched: what each operation took. The session holds the parameters
   * after the step.
   *
   * @param step from 0
   */
  public RunMetadata watched(long step) {
    RunOptions full =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    List<RunMetadata> seen = new ArrayList<>();
    double[] report =
        step(
            step,
            runner -> {
              Result result = runner.setOptions(full).runAndFetchMetadata();
              seen.add(result.getMetadata().orElseThrow());
              return result;
            });
    remember(step, report);
    return seen.get(0);
  }

  private TrainingState state(long done) {
    return new TrainingState(
        done,
        program.parameters().read(session),
        phase.adam().firstMoment().read(session),
        phase.adam().secondMoment().read(session),
        good,
        sums,
        logZ,
        summed,
        withoutGradient,
        candidate != good);
  }

  private long energyEvaluations(long steps) {
    return Math.multiplyExact(steps, phase.objective().energyEvaluations());
  }

  private double[] step(long step, Function<Session.Runner, Result> way) {
    Precision precision = program.builder().precision();
    double[] weights = phase.weights(step);
    Session.Runner runner = session.runner();
    try (Tensor fedWeights = precision.tensor(weights, weights.length);
        Tensor rates = phase.adam().ratesAt(phase.learningRate(step), step);
        var fed = new FedBatches(runner)) {
      List<SourceBatch> sources = phase.objective().batches();
      for (int i = 0; i < sources.size(); i++) {
        SourceBatch batch = sources.get(i);
        double before = logZ[i];
        batch
            .runningLogZ()
            .ifPresent(place -> fed.feed(place, precision.tensor(new double[] {before})));
        batch.data().ifPresent(place -> fed.feed(place, rows(precision, step)));
        batch.key().ifPresent(place -> fed.feed(place, key(batch.source().word(), step)));
      }
      runner
          .feed(phase.objective().weights(), fedWeights)
          .feed(phase.adam().rates(), rates)
          .fetch(phase.report())
          .addTarget(phase.adam().update());
      try (var result = way.apply(runner)) {
        return Precision.values(result.get(0));
      }
    }
  }

  private void remember(long step, double[] report) {
    Objective objective = phase.objective();
    for (int i = 0; i < logZ.length; i++) {
      int place =
          phase
              .reported()
              .indexOf(objective.statistic(objective.batches().get(i), SourceBatch.LOG_Z_OF_BATCH));
      if (place >= 0) {
        logZ[i] = RunningLogZ.with(logZ[i], report[place], step);
      }
    }
  }

  private Tensor rows(Precision precision, long step) {
    int[] rows = batches.orElseThrow().at(step);
    Samples samples = data.orElseThrow();
    return precision.tensor(samples.rows(rows), rows.length, samples.dim());
  }

  private Tensor key(String word, long step) {
    return GraphBuilder.key(Seeds.key(seed, "phase/" + number + "/" + word, step));
  }

  private Optional<Divergence> divergence(long step, double[] report) {
    List<String> terms = phase.objective().termNames();
    String all = String.join(" + ", terms);
    if (!Double.isFinite(report[0])) {
      String term = all;
      for (int i = terms.size() - 1; i >= 0; i--) {
        term = Double.isFinite(report[2 + i]) ? term : terms.get(i);
      }
      return Optional.of(new Divergence(phase.phase().name(), step, term, "the value"));
    }
    withoutGradient = Double.isFinite(report[1]) ? 0 : withoutGradient + 1;
    return withoutGradient < PATIENCE
        ? Optional.empty()
        : Optional.of(new Divergence(phase.phase().name(), step, all, "the gradient"));
  }

  private void log(long step, double[] report, boolean last) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += report[i];
    }
    summed++;
    if (summed < WINDOW && !last) {
      return;
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      values.put(phase.reported().get(i), sums[i] / summed);
      sums[i] = 0;
    }
    values.put("learning_rate", phase.learningRate(step));
    summed = 0;
    candidate = program.parameters().read(session);
    observer.logged(firstStep + step + 1, values);
  }
}

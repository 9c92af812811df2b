package org.flowexp.testing;

import static org.flowexp.testing.Write.apply;
import static org.flowexp.testing.Write.column;
import static org.flowexp.testing.Write.element;
import static org.flowexp.testing.Write.mean;
import static org.flowexp.testing.Write.minus;
import static org.flowexp.testing.Write.negative;
import static org.flowexp.testing.Write.number;
import static org.flowexp.testing.Write.on;
import static org.flowexp.testing.Write.plus;
import static org.flowexp.testing.Write.power;
import static org.flowexp.testing.Write.reduce;
import static org.flowexp.testing.Write.relu;
import static org.flowexp.testing.Write.stop;
import static org.flowexp.testing.Write.times;
import static org.flowexp.testing.Write.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.LossModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.Source;
import org.flowexp.model.SweepModel;
import org.flowexp.model.SystemModel;
import org.flowexp.system.Rotation;

/**
 * The experiment of a tilted double well, ¼t⁴ − 3t² + 0.3t, beside harmonic directions, in the
 * sizes of a test.
 */
public record DoubleWell(
    int dim,
    int couplings,
    int width,
    Sampling sampling,
    Training pretrain,
    Training repair,
    long evaluateEvery,
    long evaluateOn) {

  /** How much is sampled; half of it is held out. */
  public record Sampling(long count, long chains, long rungs, long burnIn, long thin, long taken) {}

  /** How a phase is run. */
  public record Training(long steps, long batch, double rate, double end, long warmup) {}

  private static final String HELD_OUT = "held_out";

  /** Two dimensions, seconds. */
  public static DoubleWell small() {
    return new DoubleWell(
        2,
        4,
        16,
        new Sampling(8_000, 16, 4, 1_000, 20, 400),
        new Training(200, 256, 3e-3, 1e-4, 20),
        new Training(300, 512, 2e-3, 1e-4, 20),
        100,
        10_000);
  }

  /** Twelve dimensions, as the shipped experiment. */
  public static DoubleWell main() {
    return new DoubleWell(
        12,
        8,
        64,
        new Sampling(100_000, 64, 8, 20_000, 50, 1_000),
        new Training(400, 512, 1e-3, 2e-5, 50),
        new Training(800, 1_024, 5e-4, 1e-5, 50),
        200,
        100_000);
  }

  /** The same with another repair. */
  public DoubleWell repairedBy(UnaryOperator<Training> change) {
    return new DoubleWell(
        dim, couplings, width, sampling, pretrain, change.apply(repair), evaluateEvery, evaluateOn);
  }

  private static Formula s(int index) {
    return element(new Formula.Variable("s", vector("s").type()), number(index));
  }

  private static Formula well(Formula t) {
    return plus(
        minus(times(number(0.25), power(t, 4)), times(number(3), power(t, 2))),
        times(number(0.3), t));
  }

  private static double well(double t) {
    return 0.25 * Math.pow(t, 4) - 3 * t * t + 0.3 * t;
  }

  /** By the trapezoid rule, which converges geometrically here. */
  public double logZ() {
    double sum =
        IntStream.rangeClosed(-8_000, 8_000).mapToDouble(i -> Math.exp(-well(i * 1e-3))).sum();
    return Math.log(sum * 1e-3) + 0.5 * (dim - 1) * Math.log(2 * Math.PI);
  }

  public SystemModel system() {
    Formula.RunningIndex i = new Formula.RunningIndex("i");
    Formula harmonic =
        new Formula.SumOver(i, 1, dim - 1, times(number(0.5), power(element(vector("s"), i), 2)));
    return new SystemModel.Analytic(
        "dw",
        dim,
        Optional.of(Rotation.random(7).apply(dim)),
        plus(well(s(0)), harmonic),
        Optional.of(logZ()));
  }

  private Formula left() {
    Formula turned =
        new Formula.Rotated(
            ((SystemModel.Analytic) system()).rotation().orElseThrow(), vector("x"));
    return apply(Operation.LESS, element(turned, number(0)), number(0));
  }

  private DataSource all() {
    Part sampler =
        Words.part(
            "parallel_tempering",
            Map.of(
                "ladder",
                Words.part(
                    "geometric", Map.of("change", new Interval(1, 8), "rungs", sampling.rungs)),
                "moves",
                List.of(Words.part("random_walk", Map.of("step", 0.5))),
                "burn_in",
                sampling.burnIn,
                "thin",
                sampling.thin,
                "chains",
                sampling.chains,
                "seed",
                1L));
    return new DataSource.Drawn(sampler, system(), sampling.count);
  }

  private DataSource imperfect() {
    return new DataSource.Taken(
        new DataSource.Resampled(new DataSource.Dropped(all(), sampling.count / 2), left(), 0.2, 1),
        sampling.taken);
  }

  private ArchitectureModel architecture() {
    List<Part> layers = new ArrayList<>();
    for (int i = 0; i < couplings; i++) {
      CoordinateMask even = new CoordinateMask.Every(2, 0);
      layers.add(
          Words.part(
              "realnvp",
              Map.of(
                  "mask",
                  i % 2 == 0 ? even : new CoordinateMask.Not(even),
                  "hidden",
                  List.of((long) width, (long) width))));
    }
    return new ArchitectureModel(
        "net", Words.part("normal", Map.of("dim", (long) dim)), layers, dim);
  }

  private static Part adam(Training training) {
    Part rate =
        Words.part(
            "cosine",
            Map.of("change", new Interval(training.rate, training.end), "warmup", training.warmup));
    return Words.part("adam", Map.of("lr", rate, "clip_norm", 10.0));
  }

  /** A loss of one term. */
  public static LossModel loss(String name, Source source, Formula formula) {
    return new LossModel(
        name, List.of(new LossModel.Term(name, Words.constant(1), source, formula)));
  }

  public static LossModel klX() {
    return loss("kl_x", Source.DATA, mean(negative(column("log_q"))));
  }

  public static LossModel klZ() {
    return loss("kl_z", Source.LATENT, mean(negative(column("log_w"))));
  }

  private static Formula excess() {
    return minus(column("log_w"), stop(mean(column("log_w"))));
  }

  public static LossModel l2() {
    return loss("l2", Source.MODEL, mean(power(excess(), 2)));
  }

  public static LossModel l2Masked() {
    return loss("l2_masked", Source.MODEL, mean(power(relu(excess()), 2)));
  }

  /** One arm's experiment. */
  public ExperimentModel experiment(LossModel repairLoss, long seed) {
    DataSource heldOut = new DataSource.Taken(all(), sampling.count / 2);
    Formula aboveZ = minus(column("log_w"), number(logZ()));
    Formula share = apply(Operation.SELECT, left(), number(1), number(0));
    Map<String, DataSource> beside = Map.of(HELD_OUT, heldOut);
    List<MetricModel> metrics =
        List.of(
            new MetricModel(
                "ess", reduce(Reduction.EFFECTIVE_SAMPLE_SIZE, column("log_w")), Map.of()),
            new MetricModel(
                "unseen_kl", on(HELD_OUT, mean(apply(Operation.MIN, aboveZ, number(20)))), beside),
            new MetricModel(
                "log_z_error",
                apply(
                    Operation.ABS,
                    minus(reduce(Reduction.LOG_MEAN_EXP, column("log_w")), number(logZ()))),
                Map.of()),
            new MetricModel(
                "imbalance",
                apply(Operation.ABS, minus(mean(share), on(HELD_OUT, mean(share)))),
                beside));
    return new ExperimentModel(
        "dw",
        system(),
        architecture(),
        List.of(
            new PhaseModel(
                "pretrain",
                false,
                Optional.of(imperfect()),
                klX(),
                Words.constant(1),
                pretrain.steps,
                pretrain.batch,
                adam(pretrain)),
            new PhaseModel(
                "repair",
                true,
                Optional.empty(),
                repairLoss,
                Words.constant(1),
                repair.steps,
                repair.batch,
                adam(repair))),
        seed,
        metrics,
        evaluateEvery,
        evaluateOn,
        Optional.empty(),
        Map.of("objective", repairLoss.name(), "seed", Long.toString(seed)));
  }

  /** The product of losses and seeds. */
  public SweepModel sweep(List<LossModel> losses, long seeds) {
    List<SweepModel.Arm> arms = new ArrayList<>();
    for (LossModel loss : losses) {
      for (long seed = 0; seed < seeds; seed++) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("objective", loss.name());
        values.put("seed", Long.toString(seed));
        arms.add(new SweepModel.Arm(values, experiment(loss, seed)));
      }
    }
    return new SweepModel("losses", "dw", true, List.of(), arms, List.of());
  }
}

package org.flowexp.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Readings;
import org.flowexp.formula.FormulaGraph;
import org.flowexp.model.Source;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The samples of one source in the graph, shared by the terms on it, and what formulas read of
 * them. PHYSICS §1 says where gradients flow; what nobody reads is not built.
 */
public final class SourceBatch {
  /** The statistic from which {@link #runningLogZ} is fed in the next step. */
  public static final String LOG_Z_OF_BATCH = "log_z";

  private final GraphBuilder g;
  private final Source source;
  private final Optional<Operand<TFloating>> data;
  private final Optional<Operand<TInt64>> key;
  private final Operand<TFloating> beta;
  private final Map<String, Operand<TFloating>> variables = new LinkedHashMap<>();
  private Optional<Running> running = Optional.empty();
  private final List<FormulaGraph> formulas = new ArrayList<>();

  /**
   * log Z over the batches before.
   *
   * @param fed a scalar, NaN if there is none yet
   * @param own log Z of this batch
   */
  private record Running(Operand<TFloating> fed, Operand<TFloating> own) {}

  private SourceBatch(
      GraphBuilder g,
      Source source,
      Optional<Operand<TFloating>> data,
      Optional<Operand<TInt64>> key,
      Operand<TFloating> beta) {
    this.g = g;
    this.beta = beta;
    this.source = source;
    this.data = data;
    this.key = key;
  }

  /**
   * Adds the samples to the graph.
   *
   * @param reads names of the variables that the terms need
   * @param size rows
   * @param beta a scalar: log_p = −beta u
   */
  static SourceBatch of(
      Source source,
      Parameters parameters,
      Pushforward flow,
      ReducedEnergy target,
      Set<String> reads,
      int size,
      Operand<TFloating> beta) {
    GraphBuilder g = parameters.builder();
    return switch (source) {
      case DATA -> {
        Operand<TFloating> x = g.placeholder(size, target.dim());
        var batch = new SourceBatch(g, source, Optional.of(x), Optional.empty(), beta);
        Operand<TFloating> whole = flow.completed(parameters, x);
        var evaluation = flow.logDensity(parameters, whole);
        batch.bind(target, reads, size, whole, evaluation.z(), evaluation.logDensity());
        yield batch;
      }
      case MODEL -> {
        Operand<TInt64> key = g.keyPlaceholder();
        // At fixed x, so that the gradient is the score.
        var drawn = flow.drawn(parameters, key, g.tf().constant(size));
        var batch = new SourceBatch(g, source, Optional.empty(), Optional.of(key), beta);
        Operand<TFloating> x = flow.completed(parameters, drawn.x());
        var evaluation = drawn.evaluation();
        batch.bind(target, reads, size, x, evaluation.z(), evaluation.logDensity());
        yield batch;
      }
      case LATENT -> {
        Operand<TInt64> key = g.keyPlaceholder();
        var sample = flow.sample(parameters, key, g.tf().constant(size));
        var batch = new SourceBatch(g, source, Optional.empty(), Optional.of(key), beta);
        batch.bind(target, reads, size, sample.x(), sample.z(), sample.logDensity());
        yield batch;
      }
    };
  }

  private void bind(
      ReducedEnergy target,
      Set<String> reads,
      int size,
      Operand<TFloating> x,
      Operand<TFloating> z,
      Operand<TFloating> logDensity) {
    variables.put("x", x);
    variables.put("z", z);
    variables.put("log_q", logDensity);
    variables.put("n", g.constant(size));
    variables.put("beta", beta);
    if (reads.contains("u")) {
      Operand<TFloating> u = target.reduced(g, x);
      // Weights compare with the target as it stands; u itself moves what the flow places (ADR 20).
      Operand<TFloating> fixed = source == Source.LATENT ? u : g.tf().stopGradient(u);
      Operand<TFloating> logP = g.tf().math.neg(g.tf().math.mul(beta, fixed));
      variables.put("u", u);
      variables.put("log_p", logP);
      variables.put("log_w", g.tf().math.sub(logP, logDensity));
    }
    if (reads.contains(Readings.RUNNING_LOG_Z)) {
      Operand<TFloating> own =
          g.tf().stopGradient(new FormulaGraph(g, variables).lower(Formulas.LOG_MEAN_WEIGHT));
      Operand<TFloating> fed = g.placeholder();
      variables.put(Readings.RUNNING_LOG_Z, g.tf().select(g.tf().math.isNan(fed), own, fed));
      running = Optional.of(new Running(fed, own));
    }
  }

  /**
   * Fed with log Z as the steps before had it, NaN in the first, which takes its own; there if a
   * term reads {@code running_log_z}. Its value is without gradient.
   */
  public Optional<Operand<TFloating>> runningLogZ() {
    return running.map(Running::fed);
  }

  /** Where the samples come from. */
  public Source source() {
    return source;
  }

  /** Fed with rows of data [n, dim]; there for {@link Source#DATA}. */
  public Optional<Operand<TFloating>> data() {
    return data;
  }

  /** Fed with a key; there for {@link Source#MODEL} and {@link Source#LATENT}. */
  public Optional<Operand<TInt64>> key() {
    return key;
  }

  /** Whether u is evaluated, once a row and step. */
  public boolean readsEnergy() {
    return variables.containsKey("u");
  }

  /** A formula over these samples, what it has in common with others built once. */
  Operand<TFloating> value(Formula formula) {
    if (formulas.isEmpty()) {
      formulas.add(new FormulaGraph(g, variables));
    }
    return formulas.get(0).lower(formula);
  }

  /**
   * Scalars worth logging, by name: mean log-weight and mean u over the rows that have a weight,
   * and the share of rows that have none. Empty where u is not read.
   */
  Map<String, Operand<TFloating>> statistics() {
    Map<String, Operand<TFloating>> statistics = new LinkedHashMap<>();
    if (readsEnergy()) {
      var tf = g.tf();
      Operand<TFloating> logW = variables.get("log_w");
      var valid = tf.math.isFinite(logW);
      Operand<TFloating> flags = tf.dtypes.cast(valid, g.precision().type());
      Operand<TFloating> count = tf.math.maximum(g.sum(flags, 0), g.constant(1));
      Operand<TFloating> zeros = tf.zerosLike(logW);
      statistics.put("mean_log_w", tf.math.div(g.sum(tf.select(valid, logW, zeros), 0), count));
      statistics.put(
          "mean_u", tf.math.div(g.sum(tf.select(valid, variables.get("u"), zeros), 0), count));
      running.ifPresent(r -> statistics.put(LOG_Z_OF_BATCH, r.own()));
      statistics.put("invalid", tf.math.sub(g.constant(1), g.mean(flags, 0)));
    }
    return statistics;
  }
}

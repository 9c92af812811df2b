package org.flowexp.formula;

import java.util.Optional;
import org.flowexp.expression.Reduction;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One reduction over the batch of a body [batch], as nodes. */
final class ReductionGraph {
  private final GraphBuilder builder;
  private final Ops tf;
  private final Operand<TFloating> body;
  private final Rows rows;

  /**
   * Which rows are reduced.
   *
   * @param condition what the formula says
   * @param valid the rows with weight, where that matters
   * @param keep both; all rows if empty
   */
  record Rows(
      Optional<Operand<TBool>> condition,
      Optional<Operand<TBool>> valid,
      Optional<Operand<TBool>> keep) {
    static Rows of(
        GraphBuilder builder, Optional<Operand<TBool>> condition, Optional<Operand<TBool>> valid) {
      if (condition.isPresent() && valid.isPresent()) {
        Operand<TBool> both = builder.tf().math.logicalAnd(condition.get(), valid.get());
        return new Rows(condition, valid, Optional.of(both));
      }
      return new Rows(condition, valid, condition.or(() -> valid));
    }
  }

  ReductionGraph(GraphBuilder builder, Operand<TFloating> body, Rows rows) {
    this.builder = builder;
    this.tf = builder.tf();
    this.body = body;
    this.rows = rows;
  }

  Operand<TFloating> reduce(Reduction reduction) {
    return switch (reduction) {
      case SUM -> builder.sum(kept(body, 0), 0);
      case MEAN -> mean(body);
      case VARIANCE -> mean(tf.math.square(tf.math.sub(kept(body, 0), mean(body))));
      case MEDIAN -> median();
      case LEAST ->
          orNothing(tf.reduceMin(kept(body, Double.POSITIVE_INFINITY), tf.constant(new int[] {0})));
      case MOST -> orNothing(builder.max(kept(body, Double.NEGATIVE_INFINITY), 0));
      case LOG_SUM_EXP -> logSumExp();
      case LOG_MEAN_EXP -> tf.math.sub(logSumExp(), tf.math.log(n()));
      case EFFECTIVE_SAMPLE_SIZE -> kishFraction();
    };
  }

  /** e^b/Σ e^b, 0 in the rows left out, and everywhere if there is no weight. */
  Operand<TFloating> softmax() {
    Operand<TFloating> weights = tf.math.exp(tf.math.sub(logWeights(), shift()));
    return tf.math.div(weights, positive(builder.sum(weights, 0)));
  }

  private Operand<TFloating> mean(Operand<TFloating> values) {
    return rows.keep().isEmpty()
        ? builder.mean(values, 0)
        : tf.math.div(builder.sum(kept(values, 0), 0), divisor());
  }

  /** No division by 0 where a condition holds nowhere: the mean is 0 then. */
  private Operand<TFloating> divisor() {
    Operand<TFloating> count = count(rows.keep().orElseThrow());
    return rows.condition().isPresent() ? tf.math.maximum(count, builder.constant(1)) : count;
  }

  private Operand<TFloating> count(Operand<TBool> mask) {
    return builder.sum(tf.dtypes.cast(mask, builder.precision().type()), 0);
  }

  /** Rows that a mean of weights is over: those without weight count; at least 1. */
  private Operand<TFloating> n() {
    return rows.condition()
        .<Operand<TFloating>>map(m -> tf.math.maximum(count(m), builder.constant(1)))
        .orElseGet(() -> tf.dtypes.cast(builder.batchSize(body), builder.precision().type()));
  }

  private Operand<TFloating> kept(Operand<TFloating> values, double elsewhere) {
    return rows.keep()
        .<Operand<TFloating>>map(m -> tf.select(m, values, builder.constant(elsewhere)))
        .orElse(values);
  }

  private Operand<TFloating> orNothing(Operand<TFloating> value) {
    if (rows.keep().isEmpty()) {
      return value;
    }
    double nothing = rows.condition().isPresent() ? 0 : Double.NaN;
    return tf.select(
        tf.math.greater(count(rows.keep().get()), builder.constant(0)),
        value,
        builder.constant(nothing));
  }

  private Operand<TFloating> logWeights() {
    return kept(body, Double.NEGATIVE_INFINITY);
  }

  /** The largest log-weight, detached: the results do not depend on it. */
  private Operand<TFloating> shift() {
    Operand<TFloating> top = tf.stopGradient(builder.max(logWeights(), 0));
    return tf.select(tf.math.isFinite(top), top, builder.constant(0));
  }

  /** 1 for 0: the quotient of nothing is 0, with a finite gradient. */
  private Operand<TFloating> positive(Operand<TFloating> total) {
    return tf.select(tf.math.equal(total, builder.constant(0)), builder.constant(1), total);
  }

  private Operand<TFloating> logSumExp() {
    Operand<TFloating> shift = shift();
    Operand<TFloating> total = builder.sum(tf.math.exp(tf.math.sub(logWeights(), shift)), 0);
    Operand<TFloating> log = tf.math.add(tf.math.log(positive(total)), shift);
    return tf.select(
        tf.math.equal(total, builder.constant(0)), builder.constant(Double.NEGATIVE_INFINITY), log);
  }

  private Operand<TFloating> kishFraction() {
    Operand<TFloating> weights = tf.math.exp(tf.math.sub(logWeights(), shift()));
    Operand<TFloating> sum = builder.sum(weights, 0);
    Operand<TFloating> squares = builder.sum(tf.math.square(weights), 0);
    return tf.math.div(tf.math.square(sum), tf.math.mul(positive(squares), n()));
  }

  /** Detached: the gradient of a sort does not exist here. */
  private Operand<TFloating> median() {
    Operand<TFloating> values = kept(body, Double.NEGATIVE_INFINITY);
    Operand<TInt32> all = builder.batchSize(body);
    Operand<TInt32> count =
        rows.keep()
            .<Operand<TInt32>>map(
                m -> tf.reduceSum(tf.dtypes.cast(m, TInt32.class), tf.constant(new int[] {0})))
            .orElse(all);
    Operand<TFloating> falling = tf.nn.topK(values, all, TInt32.class).values();
    Operand<TFloating> upper = at(falling, tf.math.div(tf.math.sub(count, one()), two()));
    Operand<TFloating> lower =
        at(falling, tf.math.minimum(tf.math.div(count, two()), tf.math.sub(all, one())));
    Operand<TFloating> middle =
        tf.select(
            tf.math.equal(upper, lower),
            upper,
            tf.math.mul(tf.math.add(upper, lower), builder.constant(0.5)));
    Operand<TBool> unordered = tf.reduceAny(tf.math.isNan(values), tf.constant(new int[] {0}));
    return tf.stopGradient(orNothing(tf.select(unordered, builder.constant(Double.NaN), middle)));
  }

  private Operand<TInt32> one() {
    return tf.constant(1);
  }

  private Operand<TInt32> two() {
    return tf.constant(2);
  }

  private Operand<TFloating> at(Operand<TFloating> values, Operand<TInt32> index) {
    return tf.gather(values, tf.math.maximum(index, tf.constant(0)), tf.constant(0));
  }
}

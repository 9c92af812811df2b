package org.flowexp.optimizer;

import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Adam (Kingma and Ba 2015, algorithm 1, in the form of the end of §2: ε is added to √v before the
 * bias correction) on one flat vector, after clipping the gradient by its norm. A step whose
 * gradient is not finite changes nothing: neither the parameters nor the moments; {@link #applied}
 * says so.
 *
 * <p>Its state besides the two moments is the number of the step, which is fed: a resumed run
 * repeats itself.
 */
public final class Adam {
  private final GraphBuilder builder;
  private final Settings settings;
  private final int size;
  private final Variable first;
  private final Variable second;
  private final Operand<TFloating> rates;
  private final Operand<TFloating> norm;
  private final Operand<TBool> applied;
  private final Op update;

  /**
   * The constants of the method.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon positive
   * @param clip greatest norm of the gradient; infinite for none
   */
  public record Settings(double beta1, double beta2, double epsilon, double clip) {
    /** Checks the ranges. */
    public Settings {
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && clip > 0)) {
        throw new IllegalArgumentException(
            "Adam with %s, %s, %s, clip %s".formatted(beta1, beta2, epsilon, clip));
      }
    }

    /** β₁ 0.9, β₂ 0.999, ε 1e-8 as in the paper. */
    public static Settings clippedAt(double clip) {
      return new Settings(0.9, 0.999, 1e-8, clip);
    }
  }

  /**
   * Adds the optimizer to the graph.
   *
   * @param name unique in the graph
   * @param theta what is optimised, [n]
   * @param gradient [n]
   */
  public Adam(
      GraphBuilder builder,
      String name,
      Variable theta,
      Operand<TFloating> gradient,
      Settings settings) {
    this.builder = builder;
    this.settings = settings;
    this.size = theta.size();
    Ops tf = builder.tf();
    this.first = new Variable(builder, name + "/first", size);
    this.second = new Variable(builder, name + "/second", size);
    this.rates = builder.placeholder(3);
    this.norm = tf.math.sqrt(tf.math.mul(tf.nn.l2Loss(gradient), builder.constant(2)));
    this.applied = tf.math.isFinite(norm);
    var fed = tf.unstack(rates, 3L).output();
    this.update =
        tf.train.resourceApplyAdam(
            theta.handle(),
            first.handle(),
            second.handle(),
            fed.get(1),
            fed.get(2),
            ifApplied(fed.get(0), 0),
            ifApplied(builder.constant(settings.beta1()), 1),
            ifApplied(builder.constant(settings.beta2()), 1),
            builder.constant(settings.epsilon()),
            clipped(gradient));
  }

  // Nothing times 0 is 0 here, a number that is none as well, so one pass clips and guards.
  private Operand<TFloating> clipped(Operand<TFloating> gradient) {
    Ops tf = builder.tf();
    Operand<TFloating> factor = builder.constant(1);
    if (Double.isFinite(settings.clip())) {
      Operand<TFloating> clip = builder.constant(settings.clip());
      factor = tf.math.div(clip, tf.math.maximum(norm, clip));
    }
    return tf.math.mulNoNan(gradient, ifApplied(factor, 0));
  }

  private Operand<TFloating> ifApplied(Operand<TFloating> value, double otherwise) {
    return builder.tf().select(applied, value, builder.constant(otherwise));
  }

  /** Run as a target: one step. Needs {@link #rates} fed. */
  public Op update() {
    return update;
  }

  /** The norm of the gradient before clipping: a scalar. */
  public Operand<TFloating> gradientNorm() {
    return norm;
  }

  /** Whether the step changes anything: false where the gradient's norm is not finite. */
  public Operand<TBool> applied() {
    return applied;
  }

  /** Fed with {@link #ratesAt}. */
  public Operand<TFloating> rates() {
    return rates;
  }

  /**
   * What a step is fed; the caller closes it.
   *
   * @param step from 0, over all phases since the moments were zero
   */
  public TFloating ratesAt(double learningRate, long step) {
    return builder
        .precision()
        .tensor(
            new double[] {
              learningRate,
              Math.pow(settings.beta1(), (double) (step + 1)),
              Math.pow(settings.beta2(), (double) (step + 1))
            },
            3);
  }

  /** The running mean of the gradient; part of a checkpoint. */
  public Variable firstMoment() {
    return first;
  }

  /** The running mean of the squared gradient; part of a checkpoint. */
  public Variable secondMoment() {
    return second;
  }

  /** Sets both moments to zero. */
  public void reset(Session session) {
    first.assign(session, new double[size]);
    second.assign(session, new double[size]);
  }
}

package org.flowexp.objective;

import java.util.Arrays;
import java.util.Optional;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.energy.FormulaEnergy;
import org.flowexp.expression.Terms;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Mapped;
import org.flowexp.model.LossModel;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Initializer;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.tensor.Slice;
import org.flowexp.tensor.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * p_G = N(m, σ²) of θ = (m, ln σ) against p̃ = e^{−x²/2} (PHYSICS §2, facts (1)): gradients of a
 * loss in batches of the flow's own samples.
 */
final class Gaussian implements AutoCloseable {
  private final GraphBuilder g = new GraphBuilder(Precision.FLOAT64);
  private final Objective objective;
  private final Operand<TFloating> gradient;
  private final Session session;
  private final Variable theta;
  private final int terms;
  private double running = Double.NaN;

  /** x = m + σ z. */
  private record Affine(Slice mean, Slice logWidth) implements Bijection {
    @Override
    public int dim() {
      return 1;
    }

    @Override
    public Mapped forward(Parameters parameters, Operand<TFloating> z) {
      var tf = parameters.builder().tf();
      var logSigma = parameters.tensor(logWidth);
      var x = tf.math.add(tf.math.mul(z, tf.math.exp(logSigma)), parameters.tensor(mean));
      return new Mapped(x, perRow(parameters, z, logSigma));
    }

    @Override
    public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
      var tf = parameters.builder().tf();
      var logSigma = parameters.tensor(logWidth);
      var z = tf.math.div(tf.math.sub(x, parameters.tensor(mean)), tf.math.exp(logSigma));
      return new Mapped(z, tf.math.neg(perRow(parameters, x, logSigma)));
    }

    private static Operand<TFloating> perRow(
        Parameters parameters, Operand<TFloating> rows, Operand<TFloating> number) {
      var tf = parameters.builder().tf();
      var zeros = tf.zerosLike(parameters.builder().sum(rows, 1));
      return tf.math.add(zeros, number);
    }
  }

  Gaussian(LossModel loss, int batch, double m, double sigma) {
    ParameterLayout layout = new ParameterLayout();
    Affine flow =
        new Affine(
            layout.claim("m", Initializer.zeros(), 1),
            layout.claim("log sigma", Initializer.zeros(), 1));
    this.theta = new Variable(g, "theta", layout.size());
    Parameters parameters = new Parameters(g, layout, theta.value());
    var energy =
        new FormulaEnergy(
            1,
            Optional.empty(),
            Terms.times(Terms.number(0.5), Terms.power(Terms.at(Terms.vector("s"), 0), 2)));
    this.objective =
        new Objective(
            parameters, new Pushforward(new StandardNormal(1), flow), energy, loss, batch);
    this.terms = loss.terms().size();
    this.gradient = Gradients.of(g, objective.total(), parameters.flat());
    this.session = SessionOptions.cpu(1).open(g.graph());
    move(m, sigma);
  }

  /** ∂loss/∂(m, ln σ) in the batch of this number. */
  double[] gradient(long number) {
    return fetch(gradient, number);
  }

  /** The loss in the batch of this number. */
  double value(long number) {
    return fetch(objective.total(), number)[0];
  }

  /** What {@code running_log_z} is from now on; NaN for that of the batch itself. */
  void remember(double logZ) {
    running = logZ;
  }

  /** Another model. */
  void move(double m, double sigma) {
    theta.assign(session, new double[] {m, Math.log(sigma)});
  }

  /** The gradient in batches 0, 1, …, averaged. */
  Estimate expectation(int batches) {
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (long b = 0; b < batches; b++) {
      double[] one = gradient(b);
      for (int i = 0; i < 2; i++) {
        sum[i] += one[i];
        squares[i] += one[i] * one[i];
      }
    }
    double[] mean = Arrays.stream(sum).map(s -> s / batches).toArray();
    double[] error = new double[2];
    Arrays.setAll(
        error, i -> Math.sqrt((squares[i] / batches - mean[i] * mean[i]) / (batches - 1)));
    return new Estimate(mean, error);
  }

  private double[] fetch(Operand<TFloating> node, long number) {
    double[] ones = new double[terms + 1];
    Arrays.fill(ones, 1);
    try (var weights = Precision.FLOAT64.tensor(ones, ones.length);
        var before = Precision.FLOAT64.tensor(new double[] {running});
        var key = GraphBuilder.key(Seeds.key(11, "gaussian", number))) {
      var runner = session.runner().feed(objective.weights(), weights);
      objective.batches().forEach(b -> b.key().ifPresent(place -> runner.feed(place, key)));
      objective
          .batches()
          .forEach(b -> b.runningLogZ().ifPresent(place -> runner.feed(place, before)));
      try (var result = runner.fetch(node).run()) {
        return Precision.values(result.get(0));
      }
    }
  }

  @Override
  public void close() {
    session.close();
    g.close();
  }
}

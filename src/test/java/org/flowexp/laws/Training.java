package org.flowexp.laws;

import java.util.Arrays;
import java.util.function.Function;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.flow.Bijection;
import org.flowexp.optimizer.Adam;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.tensor.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * Maximum likelihood on a fixed batch of shifted, correlated normal data: what a trainer does,
 * without a trainer.
 */
final class Training implements AutoCloseable {
  private final GraphBuilder builder;
  private final ParameterLayout layout = new ParameterLayout();
  private final Variable theta;
  private final Operand<TFloating> x;
  private final Operand<TFloating> loss;
  private final Adam adam;
  private final Session session;
  private final TFloating batch;
  private long step;

  Training(
      Function<ParameterLayout, Bijection> make,
      int rows,
      Precision precision,
      SessionOptions options) {
    builder = new GraphBuilder(precision);
    Bijection flow = make.apply(layout);
    theta = new Variable(builder, "theta", layout.size());
    Parameters parameters = new Parameters(builder, layout, theta.value());
    x = builder.placeholder(-1, flow.dim());
    var evaluation =
        new Pushforward(new StandardNormal(flow.latentDim()), flow).logDensity(parameters, x);
    loss = builder.tf().math.neg(builder.mean(evaluation.logDensity(), 0));
    Operand<TFloating> gradient = Gradients.of(builder, loss, parameters.flat());
    adam = new Adam(builder, "adam", theta, gradient, Adam.Settings.clippedAt(10));
    session = options.open(builder.graph());
    batch = precision.tensor(data(rows, flow.dim()), rows, flow.dim());
  }

  private static double[] data(int rows, int dim) {
    var generator = Seeds.generator(1, "data", 0);
    double[] numbers = new double[rows * dim];
    for (int i = 0; i < numbers.length; i++) {
      double before = i % dim == 0 ? 0 : numbers[i - 1];
      numbers[i] = 0.5 + 0.5 * before + 0.7 * generator.nextGaussian();
    }
    return numbers;
  }

  Training started(long seed) {
    theta.assign(session, layout.initial(seed));
    adam.reset(session);
    return this;
  }

  /** One step; the loss before it. */
  double step() {
    try (TFloating rates = adam.ratesAt(1e-3, step++);
        var result =
            session
                .runner()
                .feed(x, batch)
                .feed(adam.rates(), rates)
                .addTarget(adam.update())
                .fetch(loss)
                .run()) {
      return Precision.scalar(result.get(0));
    }
  }

  double[] parameters() {
    return theta.read(session);
  }

  int operations() {
    int count = 0;
    for (var all = builder.graph().operations(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** Milliseconds a step: the median of these many after a fifth of them as warm-up. */
  double millisecondsPerStep(int steps) {
    for (int i = 0; i < steps / 5; i++) {
      step();
    }
    double[] times = new double[steps];
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step();
      times[i] = (System.nanoTime() - start) * 1e-6;
    }
    Arrays.sort(times);
    return times[steps / 2];
  }

  @Override
  public void close() {
    batch.close();
    session.close();
    builder.close();
  }
}

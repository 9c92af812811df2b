package org.flowexp.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.flowexp.optimizer.Adam.Settings;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

final class AdamTest {
  private static final double RATE = 0.03;

  @Test
  void fiftyStepsAreThoseOfAnAdamWrittenByHand() {
    Settings settings = Settings.clippedAt(1);
    try (Fed fed = new Fed(settings)) {
      ByHand byHand = new ByHand(settings, fed.start());
      for (int step = 0; step < 50; step++) {
        double[] gradient = gradient(step);
        assertTrue(fed.step(gradient, step));
        byHand.step(gradient, step);
        assertArrayEquals(byHand.theta, fed.parameters(), 1e-13);
      }
    }
  }

  @Test
  void anAdamThatForgetsToClipIsTold() {
    Settings unclipped = Settings.clippedAt(Double.POSITIVE_INFINITY);
    try (Fed fed = new Fed(unclipped)) {
      ByHand byHand = new ByHand(Settings.clippedAt(1), fed.start());
      for (int step = 0; step < 50; step++) {
        fed.step(gradient(step), step);
        byHand.step(gradient(step), step);
      }
      double[] now = fed.parameters();
      assertTrue(Math.abs(now[0] - byHand.theta[0]) > 1e-6);
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    try (Fed fed = new Fed(Settings.clippedAt(1))) {
      fed.step(gradient(0), 0);
      double[][] before = fed.state();
      assertFalse(fed.step(new double[] {1, Double.NaN, 1}, 1));
      assertFalse(fed.step(new double[] {1, Double.POSITIVE_INFINITY, 1}, 2));
      double[][] after = fed.state();
      for (int i = 0; i < before.length; i++) {
        assertArrayEquals(before[i], after[i]);
      }
      assertTrue(fed.step(gradient(3), 3));
    }
  }

  private static double[] gradient(int step) {
    return Seeds.generator(11, "gradient", step).doubles(3, -1, 3).toArray();
  }

  /** Algorithm 1 of the paper in the order of §2's last paragraph, after clipping by the norm. */
  private static final class ByHand {
    final Settings settings;
    final double[] theta;
    final double[] m = new double[3];
    final double[] v = new double[3];

    ByHand(Settings settings, double[] theta) {
      this.settings = settings;
      this.theta = theta;
    }

    void step(double[] gradient, int step) {
      double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
      double scale = Math.min(1, settings.clip() / norm);
      int t = step + 1;
      double rate =
          RATE * Math.sqrt(1 - Math.pow(settings.beta2(), t)) / (1 - Math.pow(settings.beta1(), t));
      for (int i = 0; i < 3; i++) {
        double g = scale * gradient[i];
        m[i] = settings.beta1() * m[i] + (1 - settings.beta1()) * g;
        v[i] = settings.beta2() * v[i] + (1 - settings.beta2()) * g * g;
        theta[i] -= rate * m[i] / (Math.sqrt(v[i]) + settings.epsilon());
      }
    }
  }

  /** An Adam in a graph whose gradient is fed. */
  private static final class Fed implements AutoCloseable {
    private final GraphBuilder builder = new GraphBuilder(Precision.FLOAT64);
    private final Variable theta = new Variable(builder, "theta", 3);
    private final Operand<TFloating> gradient = builder.placeholder(3);
    private final Adam adam;
    private final Session session;

    Fed(Settings settings) {
      adam = new Adam(builder, "adam", theta, gradient, settings);
      session = SessionOptions.cpu(1).open(builder.graph());
      theta.assign(session, start());
      adam.reset(session);
    }

    double[] start() {
      return new double[] {1, -2, 3};
    }

    boolean step(double[] values, int step) {
      try (TFloating fed = builder.precision().tensor(values, 3);
          TFloating rates = adam.ratesAt(RATE, step);
          var result =
              session
                  .runner()
                  .feed(gradient, fed)
                  .feed(adam.rates(), rates)
                  .addTarget(adam.update())
                  .fetch(adam.applied())
                  .run()) {
        return ((TBool) result.get(0)).getBoolean();
      }
    }

    double[] parameters() {
      return theta.read(session);
    }

    double[][] state() {
      return new double[][] {
        theta.read(session), adam.firstMoment().read(session), adam.secondMoment().read(session)
      };
    }

    @Override
    public void close() {
      session.close();
      builder.close();
    }
  }
}

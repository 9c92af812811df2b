package org.flowexp.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowexp.density.BaseDensity;
import org.flowexp.density.ProductDensity;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.density.UniformBox;
import org.flowexp.density.UniformCircle;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Mapped;
import org.flowexp.flow.Mask;
import org.flowexp.flow.Network;
import org.flowexp.flow.SplineTransformer;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

final class DensityLawsTest {
  static Stream<Layer> planar() {
    return Layers.planar();
  }

  @ParameterizedTest
  @MethodSource("planar")
  void theDensityOnThePlaneIntegratesToOne(Layer layer) {
    for (long seed = 1; seed <= 3; seed++) {
      assertEquals(1, integral(layer, new StandardNormal(2), seed, 8 + layer.spread(), 600), 2e-3);
    }
  }

  @Test
  void theDensityOnTheTorusIntegratesToOne() {
    assertEquals(1, integral(torus(), new UniformCircle(2), 1, Math.PI, 300), 1e-3);
  }

  @ParameterizedTest
  @MethodSource("planar")
  void aWrongSignOfTheLogDetDoesNot(Layer layer) {
    Layer wrong =
        new Layer(
            "wrong sign",
            layer.start(),
            layer.weights(),
            3,
            0,
            layout -> new WrongSign(layer.make().apply(layout)));
    double worst = 0;
    for (long seed = 1; seed <= 3; seed++) {
      double one = integral(wrong, new StandardNormal(2), seed, 12, 300);
      worst = Math.max(worst, Math.abs(one - 1));
    }
    assertTrue(worst > 1e-2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSamplesDensityIsTheSameThroughTheInverse(long seed) {
    ParameterLayout layout = new ParameterLayout();
    Bijection flow = Layers.affine(layout, 5);
    BaseDensity base =
        new ProductDensity(
            List.of(new StandardNormal(2), new UniformBox(1, -1, 3), new UniformCircle(2)));
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> theta = builder.constant(layout.initial(seed));
      Parameters parameters = new Parameters(builder, layout, theta);
      Pushforward generated = new Pushforward(base, flow);
      var key = builder.tf().constant(Seeds.key(seed, "base", 0));
      var sample = generated.sample(parameters, key, builder.tf().constant(200));
      var again = generated.logDensity(parameters, sample.x());
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          var result =
              session
                  .runner()
                  .fetch(sample.logDensity())
                  .fetch(again.logDensity())
                  .fetch(sample.z())
                  .run()) {
        assertArrayEquals(Precision.values(result.get(0)), Precision.values(result.get(1)), 1e-11);
        double[] z = Precision.values(result.get(2));
        // The two normal columns share no numbers with the others or with each other.
        assertEquals(1000, Arrays.stream(z).distinct().count());
      }
    }
  }

  @Test
  void outsideItsBoxAUniformDensityIsZeroAndOnTheCircleItIsNot() {
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> z = builder.constant(new double[][] {{0, 0}, {0, 4}});
      Operand<TFloating> box = new UniformBox(2, -1, 1).logDensity(builder, z);
      Operand<TFloating> circle = new UniformCircle(2).logDensity(builder, z);
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          var result = session.runner().fetch(box).fetch(circle).run()) {
        assertArrayEquals(
            new double[] {-2 * Math.log(2), Double.NEGATIVE_INFINITY},
            Precision.values(result.get(0)),
            1e-15);
        double each = -2 * Math.log(2 * Math.PI);
        assertArrayEquals(new double[] {each, each}, Precision.values(result.get(1)), 1e-14);
      }
    }
  }

  /** Moments of n = 200,000 normal numbers: mean within 5/√n, variance within 5√(2/n). */
  @Test
  void normalLatentsHaveTheMomentsOfANormal() {
    int n = 100_000;
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      var key = builder.tf().constant(Seeds.key(7, "base", 3));
      Operand<TFloating> z = new StandardNormal(2).sample(builder, key, builder.tf().constant(n));
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          var result = session.runner().fetch(z).run()) {
        double[] values = Precision.values(result.get(0));
        double mean = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(x -> x * x).average().orElseThrow();
        assertEquals(0, mean, 5 / Math.sqrt(2.0 * n));
        assertEquals(1, square, 5 * Math.sqrt(2 / (2.0 * n)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theDensityOfAnglesIsPeriodic(long seed) {
    assertTrue(turning(Layers::mixed, seed) < 1e-9);
  }

  /** A network that sees an angle as it is breaks the law. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAngleSeenAsItIsMakesADensityThatIsNot(long seed) {
    List<Boolean> unmarked = List.of(false, false, false, false);
    assertTrue(
        turning(
                layout ->
                    new Coupling(
                        layout,
                        "turn",
                        Mask.range(4, 2, 3),
                        unmarked,
                        Network.silu(8),
                        SplineTransformer.circular(6)),
                seed)
            > 1e-3);
  }

  /** Largest change of log p_G when the last two of four coordinates are turned by whole turns. */
  private static double turning(Function<ParameterLayout, Bijection> make, long seed) {
    var generator = Seeds.generator(seed, "turns", 0);
    double[][] rows = new double[50][];
    double[][] turned = new double[50][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = generator.doubles(4, -Math.PI, Math.PI).toArray();
      turned[i] = rows[i].clone();
      turned[i][2] += 2 * Math.PI * (i % 3 - 1);
      turned[i][3] += 2 * Math.PI * (i % 5 - 2);
    }
    ParameterLayout layout = new ParameterLayout();
    Bijection flow = make.apply(layout);
    double[] theta = generator.doubles(layout.size(), -0.5, 0.5).toArray();
    BaseDensity base = new ProductDensity(List.of(new StandardNormal(2), new UniformCircle(2)));
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Parameters parameters = new Parameters(builder, layout, builder.constant(theta));
      Pushforward generated = new Pushforward(base, flow);
      var here = generated.logDensity(parameters, builder.constant(rows)).logDensity();
      var there = generated.logDensity(parameters, builder.constant(turned)).logDensity();
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          var result = session.runner().fetch(here).fetch(there).run()) {
        double[] before = Precision.values(result.get(0));
        double[] after = Precision.values(result.get(1));
        return IntStream.range(0, before.length)
            .mapToDouble(i -> Math.abs(before[i] - after[i]))
            .max()
            .orElseThrow();
      }
    }
  }

  private static Layer torus() {
    return new Layer(
        "torus",
        Layer.Start.IDENTITY,
        0.1,
        Math.PI,
        1e-9,
        layout ->
            Coupling.alternating(
                layout, "c", 2, 2, Network.silu(8), SplineTransformer.circular(6)));
  }

  /** By the midpoint rule on [−half, half]². */
  private static double integral(Layer layer, BaseDensity base, long seed, double half, int cells) {
    double step = 2 * half / cells;
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        rows.add(new double[] {-half + (i + 0.5) * step, -half + (j + 0.5) * step});
      }
    }
    double[] numbers = rows.stream().flatMapToDouble(Arrays::stream).toArray();
    ParameterLayout layout = new ParameterLayout();
    Bijection flow = layer.make().apply(layout);
    double[] theta = layout.initial(seed);
    var generator = Seeds.generator(seed, "law parameters", 0);
    Arrays.setAll(theta, i -> theta[i] + layer.weights() * (2 * generator.nextDouble() - 1));
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Parameters parameters = new Parameters(builder, layout, builder.constant(theta));
      Operand<TFloating> x = builder.constant(numbers, rows.size(), 2);
      Operand<TFloating> logDensity =
          new Pushforward(base, flow).logDensity(parameters, x).logDensity();
      Operand<TFloating> mass = builder.sum(builder.tf().math.exp(logDensity), 0);
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          var result = session.runner().fetch(mass).run()) {
        return Precision.scalar(result.get(0)) * step * step;
      }
    }
  }

  private record WrongSign(Bijection inner) implements Bijection {
    @Override
    public int dim() {
      return inner.dim();
    }

    @Override
    public Mapped forward(Parameters parameters, Operand<TFloating> z) {
      return inner.forward(parameters, z);
    }

    @Override
    public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
      Mapped mapped = inner.inverse(parameters, x);
      return new Mapped(mapped.value(), parameters.builder().tf().math.neg(mapped.logDet()));
    }
  }
}

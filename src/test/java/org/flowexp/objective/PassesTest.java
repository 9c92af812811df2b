package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.flow.AffineTransformer;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Chain;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Mapped;
import org.flowexp.flow.Network;
import org.flowexp.flow.SplineTransformer;
import org.flowexp.flow.Transformer;
import org.flowexp.model.LossModel;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.Work;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a step does, counted: passes through the flow by the products of its conditioners, energies
 * and their gradients by the operations only they have. Counts are the same on every machine; times
 * are not.
 */
final class PassesTest {
  private static final int DIM = 4;
  private static final int COUPLINGS = 3;
  private static final int LAYERS = 3;

  /** A coupling's products back: for each layer its kernel's and its argument's. */
  private static final int BACK = 2 * LAYERS;

  private enum Kind {
    AFFINE,
    SPLINE,
    CIRCULAR;

    /** Products that sum up the bins' widths and heights. */
    private int knots() {
      return this == AFFINE ? 0 : 2;
    }

    private Transformer transformer() {
      return switch (this) {
        case AFFINE -> new AffineTransformer(1);
        case SPLINE -> SplineTransformer.linear(8, 5);
        case CIRCULAR -> SplineTransformer.circular(8);
      };
    }
  }

  /** u = Σ cosh x: the only hyperbolic cosine here, and its derivative the only sine. */
  private record Hyperbolic() implements ReducedEnergy {
    @Override
    public int dim() {
      return DIM;
    }

    @Override
    public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
      return g.sum(g.tf().math.cosh(x), 1);
    }
  }

  /** As the flow was before it remembered its way. */
  private record Forgetful(Bijection inner) implements Bijection {
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
      return inner.inverse(parameters, x);
    }
  }

  /** A flow that goes each way twice, and takes the mean. */
  private record Doubled(Bijection inner) implements Bijection {
    @Override
    public int dim() {
      return inner.dim();
    }

    @Override
    public Mapped forward(Parameters parameters, Operand<TFloating> z) {
      return mean(parameters.builder(), inner.forward(parameters, z), inner.forward(parameters, z));
    }

    @Override
    public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
      return mean(parameters.builder(), inner.inverse(parameters, x), inner.inverse(parameters, x));
    }

    private static Mapped mean(GraphBuilder g, Mapped one, Mapped other) {
      return new Mapped(mean(g, one.value(), other.value()), mean(g, one.logDet(), other.logDet()));
    }

    private static Operand<TFloating> mean(
        GraphBuilder g, Operand<TFloating> one, Operand<TFloating> other) {
      return g.tf().math.mul(g.constant(0.5), g.tf().math.add(one, other));
    }
  }

  private enum Memory {
    KEPT,
    LOST,
    DOUBLED
  }

  private static Map<String, Integer> step(Kind kind, LossModel loss, Memory memory) {
    return step(kind, loss, memory, COUPLINGS);
  }

  /** Operations of each type. */
  private static Map<String, Integer> step(
      Kind kind, LossModel loss, Memory memory, int couplings) {
    ParameterLayout layout = new ParameterLayout();
    Chain chain =
        Coupling.alternating(layout, "c", DIM, couplings, Network.silu(8, 8), kind.transformer());
    Bijection flow =
        switch (memory) {
          case KEPT -> chain;
          case LOST -> new Forgetful(chain);
          case DOUBLED -> new Doubled(chain);
        };
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT32)) {
      Operand<TFloating> flat = g.placeholder(layout.size());
      Parameters parameters = new Parameters(g, layout, flat);
      Objective objective =
          new Objective(
              parameters,
              new Pushforward(new StandardNormal(DIM), flow),
              new Hyperbolic(),
              loss,
              16);
      Operand<TFloating> gradient = Gradients.of(g, objective.total(), parameters.flat());
      return Work.of(List.of(objective.total(), gradient)).types();
    }
  }

  /** Forward and back once; nobody asks what the first argument of all feels. */
  private static int onePass(Kind kind) {
    return COUPLINGS * (LAYERS + BACK + kind.knots()) - 1;
  }

  @ParameterizedTest
  @EnumSource
  void dataTakeOnePassAndNoEnergy(Kind kind) {
    Map<String, Integer> step = step(kind, DoubleWell.klX(), Memory.KEPT);
    assertEquals(onePass(kind), step.get("MatMul"));
    assertEquals(null, step.get("Cosh"));
  }

  @ParameterizedTest
  @EnumSource
  void latentsTakeOnePassAndOneEnergyWithItsGradient(Kind kind) {
    Map<String, Integer> step = step(kind, DoubleWell.klZ(), Memory.KEPT);
    assertEquals(onePass(kind), step.get("MatMul"));
    assertEquals(1, step.get("Cosh"));
    assertEquals(1, step.get("Sinh"));
  }

  @ParameterizedTest
  @EnumSource
  void theModelsOwnSamplesTakeOnePassAndOneEnergyWithoutGradient(Kind kind) {
    for (LossModel loss : List.of(DoubleWell.l2(), DoubleWell.l2Masked())) {
      Map<String, Integer> step = step(kind, loss, Memory.KEPT);
      assertEquals(onePass(kind), step.get("MatMul"), loss.toString());
      assertEquals(1, step.get("Cosh"));
      assertEquals(null, step.get("Sinh"));
    }
  }

  /** What the counts are there to notice. */
  @ParameterizedTest
  @EnumSource
  void anotherPassBackIsNoticed(Kind kind) {
    Map<String, Integer> step = step(kind, DoubleWell.l2Masked(), Memory.LOST);
    assertEquals(onePass(kind) + COUPLINGS * (LAYERS + kind.knots()), step.get("MatMul"));
    assertNotEquals(onePass(kind), step.get("MatMul"));
  }

  @Test
  void termsOnOneSourceShareItsPassAndEnergy() {
    LossModel twice =
        new LossModel(
            "twice", List.of(DoubleWell.l2().terms().get(0), DoubleWell.l2Masked().terms().get(0)));
    Map<String, Integer> step = step(Kind.AFFINE, twice, Memory.KEPT);
    assertEquals(onePass(Kind.AFFINE), step.get("MatMul"));
    assertEquals(1, step.get("Cosh"));
  }

  /** The most operations of one more coupling in a step. */
  static Stream<Arguments> mostOperations() {
    return Stream.of(
        arguments(Kind.AFFINE, DoubleWell.klX(), 81),
        arguments(Kind.AFFINE, DoubleWell.klZ(), 77),
        arguments(Kind.AFFINE, DoubleWell.l2Masked(), 82),
        arguments(Kind.SPLINE, DoubleWell.klX(), 350),
        arguments(Kind.SPLINE, DoubleWell.klZ(), 316),
        arguments(Kind.SPLINE, DoubleWell.l2Masked(), 318),
        arguments(Kind.CIRCULAR, DoubleWell.klX(), 370),
        arguments(Kind.CIRCULAR, DoubleWell.klZ(), 336),
        arguments(Kind.CIRCULAR, DoubleWell.l2Masked(), 341));
  }

  /** Fewer are welcome; another pass is more. */
  @ParameterizedTest
  @MethodSource("mostOperations")
  void aCouplingsOperationsDoNotGrow(Kind kind, LossModel loss, int most) {
    int kept = perCoupling(kind, loss, Memory.KEPT);
    int twice = perCoupling(kind, loss, Memory.DOUBLED);
    assertTrue(kept <= most, () -> loss.name() + " has " + kept + ", at most " + most);
    assertTrue(twice > most, () -> loss.name() + " with another pass: " + twice);
  }

  private static int perCoupling(Kind kind, LossModel loss, Memory memory) {
    return (operations(kind, loss, memory, COUPLINGS + 2)
            - operations(kind, loss, memory, COUPLINGS))
        / 2;
  }

  private static int operations(Kind kind, LossModel loss, Memory memory, int couplings) {
    return step(kind, loss, memory, couplings).values().stream().mapToInt(Integer::intValue).sum();
  }
}

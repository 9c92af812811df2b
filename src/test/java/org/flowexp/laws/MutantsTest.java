package org.flowexp.laws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Mapped;
import org.flowexp.tensor.Initializer;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Each law rejects a layer that breaks it: wrong variants of a correct coupling. */
final class MutantsTest {
  /** By how much a law is broken. */
  private interface Law {
    double broken(Bench bench, double[] theta, double[][] rows);
  }

  @TestFactory
  Stream<DynamicTest> lawsRejectWrongLayers() {
    return Stream.of(
        rejects(
            "round trip",
            Laws::roundTrip,
            inner -> new Wrong(inner, MutantsTest::same, MutantsTest::shifted)),
        rejects("round trip", Laws::roundTrip, MaskForgotten::new),
        rejects(
            "log-dets cancel",
            Laws::logDetsCancel,
            inner -> new Wrong(inner, MutantsTest::same, MutantsTest::negative)),
        rejects(
            "autodiff",
            Laws::logDetIsAutodiffs,
            inner -> new Wrong(inner, MutantsTest::negative, MutantsTest::negative)),
        rejects("autodiff", Laws::logDetIsAutodiffs, MaskForgotten::new),
        rejects(
            "differences",
            Laws::logDetIsDifferences,
            inner -> new Wrong(inner, MutantsTest::negative, MutantsTest::negative)),
        rejects("differences", Laws::logDetIsDifferences, MaskForgotten::new),
        rejects(
            "rows",
            Laws::rowsAreIndependent,
            inner -> new Wrong(inner, MutantsTest::centred, MutantsTest::same)),
        rejects(
            "identity",
            Laws::isIdentity,
            inner -> new Wrong(inner, MutantsTest::shifted, MutantsTest::same)));
  }

  @TestFactory
  Stream<DynamicTest> aParameterWithoutEffectIsNoticed() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "dead parameter",
            () -> {
              Layer layer =
                  layer(
                      layout -> {
                        Bijection inner = Layers.coupling(layout, "a");
                        layout.claim("dead", Initializer.zeros(), 1);
                        return inner;
                      });
              try (Bench bench = new Bench(layer, Precision.FLOAT64)) {
                double[][] rows = Laws.arguments(layer, bench.dim(), 1, 600);
                assertTrue(Laws.unreached(bench, bench.randomised(1, 0.3), rows) == 1);
              }
            }));
  }

  private static DynamicTest rejects(
      String name, Law law, Function<Bijection, Bijection> mutation) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Layer right = layer(layout -> Layers.coupling(layout, "a"));
          Layer wrong = layer(layout -> mutation.apply(Layers.coupling(layout, "a")));
          assertTrue(measure(wrong, law) > 1e-2, "the mutant passes");
          if (!name.equals("identity")) {
            assertTrue(measure(right, law) < 1e-6, "the original fails");
          }
        });
  }

  private static double measure(Layer layer, Law law) {
    try (Bench bench = new Bench(layer, Precision.FLOAT64)) {
      double[][] rows = Laws.arguments(layer, bench.dim(), 1, 5);
      return law.broken(bench, bench.randomised(1, 0.3), rows);
    }
  }

  private static Layer layer(Function<ParameterLayout, Bijection> make) {
    return new Layer("mutant", Layer.Start.ANYTHING, 0.3, 3, 1e-12, make);
  }

  private static Mapped same(Parameters unused, Mapped mapped) {
    return mapped;
  }

  private static Mapped negative(Parameters parameters, Mapped mapped) {
    return new Mapped(mapped.value(), parameters.builder().tf().math.neg(mapped.logDet()));
  }

  private static Mapped shifted(Parameters parameters, Mapped mapped) {
    var builder = parameters.builder();
    return new Mapped(
        builder.tf().math.add(mapped.value(), builder.constant(0.1)), mapped.logDet());
  }

  private static Mapped centred(Parameters parameters, Mapped mapped) {
    var builder = parameters.builder();
    return new Mapped(
        builder.tf().math.sub(mapped.value(), builder.meanKeepingAxes(mapped.value(), 0)),
        mapped.logDet());
  }

  /** Spoils the result of either direction. */
  private record Wrong(
      Bijection inner,
      BiFunction<Parameters, Mapped, Mapped> spoilForward,
      BiFunction<Parameters, Mapped, Mapped> spoilInverse)
      implements Bijection {
    @Override
    public int dim() {
      return inner.dim();
    }

    @Override
    public Mapped forward(Parameters parameters, Operand<TFloating> z) {
      return spoilForward.apply(parameters, inner.forward(parameters, z));
    }

    @Override
    public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
      return spoilInverse.apply(parameters, inner.inverse(parameters, x));
    }
  }

  /**
   * Lets the kept coordinates depend on the transformed ones, as a coupling whose mask is not
   * applied does.
   */
  private record MaskForgotten(Bijection inner) implements Bijection {
    @Override
    public int dim() {
      return inner.dim();
    }

    @Override
    public Mapped forward(Parameters parameters, Operand<TFloating> z) {
      Mapped mapped = inner.forward(parameters, z);
      var builder = parameters.builder();
      Operand<TFloating> leak = builder.tf().math.tanh(builder.sumKeepingAxes(mapped.value(), 1));
      return new Mapped(builder.tf().math.add(mapped.value(), leak), mapped.logDet());
    }

    @Override
    public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
      return inner.inverse(parameters, x);
    }
  }
}

package org.flowexp.flow;

import static org.flowexp.units.Dimension.NONE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;

/** The layers that the language knows. */
public final class FlowDefinitions {
  private static final long WIDEST = 65_536;
  private static final double SMALL = 1e-3;

  private static final Parameter<CoordinateMask> MASK =
      Parameter.mask("mask", "the coordinates transformed, given the rest");
  private static final Parameter<?> HIDDEN =
      Parameter.of(
          "hidden",
          new ParameterType.Wholes(1, WIDEST),
          List.class,
          "widths of the conditioner's hidden layers");
  private static final Parameter<String> ACTIVATION =
      Parameter.choice(
              "activation",
              List.of("silu", "tanh", "relu", "softplus"),
              "what follows each hidden layer")
          .orElse("silu");
  private static final Parameter<Boolean> RESIDUAL =
      Parameter.of(
              "residual",
              new ParameterType.Truth(),
              Boolean.class,
              "whether a hidden layer adds to its input where the widths agree")
          .orElse(false);
  private static final Parameter<Double> MAX_LOG_SCALE =
      Parameter.positive("max_log_scale", NONE, "one layer stretches by a factor in e^±this")
          .orElse(1.0);
  private static final Parameter<Long> BINS =
      Parameter.whole("bins", NONE, 2, 256, "pieces of each spline").orElse(8L);
  private static final Parameter<Interval> BOX =
      Parameter.of(
              "box",
              new ParameterType.Between(NONE, ".."),
              Interval.class,
              "where the spline acts; outside it is the identity")
          .orElse(new Interval(-5, 5));
  private static final Parameter<Double> MIN_WIDTH =
      share("min_width", "smallest width of a bin, as a share of the box");
  private static final Parameter<Double> MIN_HEIGHT =
      share("min_height", "smallest height of a bin, as a share of the box");
  private static final Parameter<Double> MIN_DERIVATIVE =
      share("min_derivative", "smallest derivative at a knot");

  private static final Parameter<?> ORDER =
      Parameter.of(
              "order",
              new ParameterType.Wholes(0, WIDEST),
              List.class,
              "for each coordinate the one that takes its place")
          .mayBeMissing();
  private static final Parameter<Long> SEED =
      Parameter.whole("seed", NONE, 0, Long.MAX_VALUE, "of a random order").mayBeMissing();
  private static final Parameter<Object> BY =
      Parameter.of("by", ParameterType.Declared.ROWS, Object.class, "the data to learn from");
  private static final Parameter<String> AXES =
      Parameter.choice(
              "axes",
              List.of("principal", "cholesky"),
              "A along the principal axes, or lower triangular")
          .orElse("principal");

  private static final Definition<Layer> REALNVP =
      new Definition<>(
          "realnvp",
          Category.LAYER,
          Form.BLOCK,
          "affine coupling: scales and shifts the masked coordinates, given the rest",
          List.of(MASK, HIDDEN, ACTIVATION, RESIDUAL, MAX_LOG_SCALE),
          "let half = realnvp { mask = every(2), hidden = [64, 64] }",
          arguments -> new CouplingJoint(arguments.get(MASK), false, Optional.empty()),
          arguments ->
              new CouplingLayer(
                  arguments.get(MASK),
                  network(arguments),
                  new AffineTransformer(arguments.get(MAX_LOG_SCALE))));

  private static final Definition<Layer> SPLINE =
      new Definition<>(
          "spline",
          Category.LAYER,
          Form.BLOCK,
          "rational-quadratic spline coupling with linear tails",
          List.of(
              MASK, HIDDEN, ACTIVATION, RESIDUAL, BINS, BOX, MIN_WIDTH, MIN_HEIGHT, MIN_DERIVATIVE),
          "let half = spline { mask = every(2), hidden = [64, 64], bins = 8, box = -5..5 }",
          arguments -> new CouplingJoint(arguments.get(MASK), false, noSpline(arguments)),
          arguments ->
              new CouplingLayer(
                  arguments.get(MASK),
                  network(arguments),
                  spline(arguments, arguments.get(BOX), SplineTransformer.Tails.LINEAR)));

  private static final Definition<Layer> CIRCULAR_SPLINE =
      new Definition<>(
          "circular_spline",
          Category.LAYER,
          Form.BLOCK,
          "rational-quadratic spline coupling of angles, on the circle from -pi to pi",
          List.of(MASK, HIDDEN, ACTIVATION, RESIDUAL, BINS, MIN_WIDTH, MIN_HEIGHT, MIN_DERIVATIVE),
          "architecture turned = circle(2) >> circular_spline { mask = every(2), hidden = [32] }",
          arguments -> new CouplingJoint(arguments.get(MASK), true, noSpline(arguments)),
          arguments ->
              new CouplingLayer(
                  arguments.get(MASK),
                  network(arguments),
                  spline(
                      arguments,
                      new Interval(-Math.PI, Math.PI),
                      SplineTransformer.Tails.CIRCULAR)));

  private static final Definition<Layer> REVERSE =
      new Definition<>(
          "reverse",
          Category.LAYER,
          Form.FUNCTION,
          "the coordinates in reverse order",
          List.of(),
          "architecture net = normal(4) >> reverse()",
          arguments -> new ReversalJoint(),
          arguments -> new ReversalLayer());

  private static final Definition<Layer> PERMUTATION =
      new Definition<>(
          "permutation",
          Category.LAYER,
          Form.BLOCK,
          "the coordinates in another order: coordinate i is coordinate order[i] of the latent side",
          List.of(ORDER, SEED),
          "architecture net = normal(4) >> permutation { order = [2, 0, 3, 1] }",
          FlowDefinitions::order,
          arguments -> new PermutationLayer(order(arguments)));

  private static final Definition<Layer> WHITEN =
      new Definition<>(
          "whiten",
          Category.LAYER,
          Form.BLOCK,
          "mean and axes of data: x = mean + A z, where A A^T is the covariance of the data",
          List.of(BY, AXES),
          "let scaled = whiten { by = some_data }",
          arguments -> new WhiteningJoint(),
          FlowDefinitions::whitening);

  private FlowDefinitions() {}

  /** All layers. */
  public static List<Definition<?>> all() {
    return List.of(REALNVP, SPLINE, CIRCULAR_SPLINE, REVERSE, PERMUTATION, WHITEN);
  }

  private static Parameter<Double> share(String name, String summary) {
    return Parameter.of(name, new ParameterType.Real(NONE, 0, 0.5, false), Double.class, summary)
        .orElse(SMALL);
  }

  /** The rows are there once the graph is built; while the file is checked, their source is. */
  private static Layer whitening(Arguments arguments) {
    double[][] rows = (double[][]) arguments.get(BY);
    var factor = Whitening.Factor.valueOf(arguments.get(AXES).toUpperCase(Locale.ROOT));
    return (layout, name, coordinates) -> Whitening.of(rows, factor);
  }

  private static OrderJoint order(Arguments arguments) {
    return new OrderJoint(
        arguments.find(ORDER).isEmpty() ? List.of() : arguments.list(ORDER, Long.class),
        arguments.find(SEED));
  }

  /** What {@link SplineTransformer} would refuse, in the words of the language. */
  private static Optional<String> noSpline(Arguments arguments) {
    long bins = arguments.get(BINS);
    Optional<Interval> box = arguments.find(BOX);
    if (box.isPresent() && !(box.get().from() < box.get().to())) {
      return Optional.of(
          "its `box` has no width: both ends are "
              + box.get().from()
              + "; write the lower end first, such as `-5..5`");
    }
    return Stream.of(MIN_WIDTH, MIN_HEIGHT)
        .filter(least -> arguments.get(least) * bins >= 1)
        .findFirst()
        .map(
            least ->
                "%d bins with `%s` %s fill the box; take fewer bins or a smaller share, so that the two multiply to less than 1"
                    .formatted(bins, least.name(), arguments.get(least)));
  }

  private static Network network(Arguments arguments) {
    return new Network(
        arguments.list(HIDDEN, Long.class).stream().map(Math::toIntExact).toList(),
        Activation.valueOf(arguments.get(ACTIVATION).toUpperCase(Locale.ROOT)),
        arguments.get(RESIDUAL) ? Network.Connection.RESIDUAL : Network.Connection.PLAIN);
  }

  private static SplineTransformer spline(
      Arguments arguments, Interval box, SplineTransformer.Tails tails) {
    return new SplineTransformer(
        Math.toIntExact(arguments.get(BINS)),
        box.from(),
        box.to(),
        tails,
        arguments.get(MIN_WIDTH),
        arguments.get(MIN_HEIGHT),
        arguments.get(MIN_DERIVATIVE));
  }
}

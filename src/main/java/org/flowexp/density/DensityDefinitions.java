package org.flowexp.density;

import static org.flowexp.units.Dimension.NONE;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;

/** The base densities that the language knows. */
public final class DensityDefinitions {
  private static final Parameter<Long> DIM =
      Parameter.whole("dim", NONE, 1, Integer.MAX_VALUE, "the number of coordinates");
  private static final Parameter<Interval> RANGE =
      Parameter.of(
              "range",
              new ParameterType.Between(NONE, ".."),
              Interval.class,
              "the ends, the same for each coordinate")
          .orElse(new Interval(-1, 1));

  private static final Parameter<?> BLOCKS =
      Parameter.of(
          "blocks",
          new ParameterType.PartsOf(Category.BASE),
          List.class,
          "the base densities, in the order of their coordinates");

  private static final Definition<BaseDensity> NORMAL =
      new Definition<>(
          "normal",
          Category.BASE,
          Form.FUNCTION,
          "independent standard normal coordinates",
          List.of(DIM),
          "architecture net = normal(4) >> reverse()",
          arguments -> Latents.linear(arguments.get(DIM)),
          arguments -> new StandardNormal(Math.toIntExact(arguments.get(DIM))));

  private static final Definition<BaseDensity> UNIFORM =
      new Definition<>(
          "uniform",
          Category.BASE,
          Form.FUNCTION,
          "independent coordinates, uniform between two ends",
          List.of(DIM, RANGE),
          "architecture net = uniform(4, -2..2) >> reverse()",
          arguments -> Latents.between(arguments.get(DIM), arguments.get(RANGE)),
          arguments ->
              new UniformBox(
                  Math.toIntExact(arguments.get(DIM)),
                  arguments.get(RANGE).from(),
                  arguments.get(RANGE).to()));

  private static final Definition<BaseDensity> CIRCLE =
      new Definition<>(
          "circle",
          Category.BASE,
          Form.FUNCTION,
          "independent angles from -pi to pi, uniform on the circle",
          List.of(DIM),
          "architecture turned = circle(2) >> circular_spline { mask = every(2), hidden = [32] }",
          arguments -> Latents.angles(arguments.get(DIM)),
          arguments -> new UniformCircle(Math.toIntExact(arguments.get(DIM))));

  private static final Definition<BaseDensity> JOINT =
      new Definition<>(
          "joint",
          Category.BASE,
          Form.FUNCTION,
          "blocks of coordinates side by side, each with its own base density",
          List.of(BLOCKS),
          "architecture mixed = joint([normal(2), circle(2)]) >> reverse()",
          arguments -> Latents.sideBySide(arguments.list(BLOCKS, Part.class)),
          arguments ->
              new ProductDensity(
                  arguments.list(BLOCKS, Part.class).stream()
                      .map(block -> block.create(BaseDensity.class))
                      .toList()));

  private DensityDefinitions() {}

  /** All base densities. */
  public static List<Definition<?>> all() {
    return List.of(NORMAL, UNIFORM, CIRCLE, JOINT);
  }
}

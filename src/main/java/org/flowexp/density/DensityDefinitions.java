package org.flowexp.density;

import static org.flowexp.units.Dimension.NONE;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;

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

  private static final Definition<BaseDensity> NORMAL =
      new Definition<>(
          "normal",
          Category.BASE,
          Form.FUNCTION,
          "independent standard normal coordinates",
          List.of(DIM),
          "architecture net = normal(4) >> reverse()",
          arguments -> new StandardNormal(Math.toIntExact(arguments.get(DIM))));

  private static final Definition<BaseDensity> UNIFORM =
      new Definition<>(
          "uniform",
          Category.BASE,
          Form.FUNCTION,
          "independent coordinates, uniform between two ends",
          List.of(DIM, RANGE),
          "architecture net = uniform(4, -2..2) >> reverse()",
          arguments ->
              new UniformBox(
                  Math.toIntExact(arguments.get(DIM)),
                  arguments.get(RANGE).from(),
                  arguments.get(RANGE).to()));

  private DensityDefinitions() {}

  /** All base densities. */
  public static List<Definition<?>> all() {
    return List.of(NORMAL, UNIFORM);
  }
}

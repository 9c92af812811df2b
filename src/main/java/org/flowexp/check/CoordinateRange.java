package org.flowexp.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;

/** Whether a formula asks for coordinates that a system does not have. */
final class CoordinateRange {
  private static final Set<String> COORDINATES = Set.of("x", "z", "s");

  private CoordinateRange() {}

  /** An index of x, z or s that is not below the dimension. */
  static Optional<Long> beyond(Formula formula, int dim) {
    return beyond(formula, dim, new HashMap<>());
  }

  private static Optional<Long> beyond(Formula formula, int dim, Map<String, double[]> ranges) {
    if (formula instanceof Formula.Element element && isCoordinates(element.vector())) {
      double[] ends = ends(element.index(), ranges);
      return ends[1] >= dim ? Optional.of((long) ends[1]) : Optional.empty();
    }
    Map<String, double[]> inside = ranges;
    if (formula instanceof Formula.SumOver sum) {
      inside = new HashMap<>(ranges);
      inside.put(sum.index().name(), new double[] {sum.from(), sum.to()});
    }
    for (Formula part : Formulas.parts(formula)) {
      Optional<Long> found = beyond(part, dim, inside);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isCoordinates(Formula vector) {
    Formula inner = vector instanceof Formula.Rotated rotated ? rotated.vector() : vector;
    return inner instanceof Formula.Variable variable && COORDINATES.contains(variable.name());
  }

  /** The least and the greatest value of an index: it is a literal, or grows with its indices. */
  private static double[] ends(Formula index, Map<String, double[]> ranges) {
    double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    Map<String, Double> low = new HashMap<>();
    Map<String, Double> high = new HashMap<>();
    ranges.forEach(
        (name, range) -> {
          low.put(name, range[0]);
          high.put(name, range[1]);
        });
    for (Map<String, Double> corner : java.util.List.of(low, high)) {
      Formulas.literal(index, corner)
          .ifPresent(
              value -> {
                ends[0] = Math.min(ends[0], value);
                ends[1] = Math.max(ends[1], value);
              });
    }
    return ends;
  }
}

package org.flowexp.check;

import java.util.Map;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Part;
import org.flowexp.vocabulary.Vocabulary;

/** Numbers where a ramp may stand. */
final class Ramps {
  private static final String CONSTANT = "constant";

  private Ramps() {}

  /** The ramp that always has this value. */
  static Part constant(double value) {
    Definition<?> definition = Vocabulary.find(CONSTANT).orElseThrow();
    return new Part(
        definition, new Arguments(Map.of(definition.parameters().get(0).name(), value)));
  }

  /** The least value that the ramp takes: one of its ends, as no ramp leaves the range of them. */
  static double least(Part ramp) {
    return ramp.arguments().values().values().stream()
        .flatMap(
            value ->
                value instanceof Double number
                    ? java.util.stream.Stream.of(number)
                    : value instanceof org.flowexp.catalog.Interval ends
                        ? java.util.stream.Stream.of(ends.from(), ends.to())
                        : java.util.stream.Stream.of())
        .min(Double::compare)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The ramp times a number: every number in it is a value of the ramp, or a count of steps, which
   * is a Long.
   */
  static Part scaled(Part ramp, double factor) {
    Map<String, Object> scaled = new java.util.LinkedHashMap<>();
    ramp.arguments()
        .values()
        .forEach(
            (name, value) ->
                scaled.put(
                    name,
                    value instanceof Double number
                        ? (Object) (number * factor)
                        : value instanceof org.flowexp.catalog.Interval ends
                            ? new org.flowexp.catalog.Interval(
                                ends.from() * factor, ends.to() * factor)
                            : value));
    return new Part(ramp.definition(), new Arguments(scaled));
  }
}

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

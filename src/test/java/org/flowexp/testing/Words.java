package org.flowexp.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.Part;
import org.flowexp.vocabulary.Vocabulary;

/** Parts as the checker makes them: by name, defaults filled in. */
public final class Words {
  private Words() {}

  /** A word with the given arguments. */
  public static Part part(String name, Map<String, Object> given) {
    var definition = Vocabulary.find(name).orElseThrow();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : definition.parameters()) {
      parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
      if (given.containsKey(parameter.name())) {
        values.put(parameter.name(), given.get(parameter.name()));
      }
    }
    return new Part(definition, new Arguments(values));
  }

  /** A number where a ramp may stand. */
  public static Part constant(double value) {
    return part("constant", Map.of("value", value));
  }
}

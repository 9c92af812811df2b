package org.flowexp.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.Part;

/** Words written without parentheses. */
final class BareWords {
  private BareWords() {}

  /** Whether all that the word takes may be left out. */
  static boolean standAlone(Definition<?> word) {
    return word.parameters().isEmpty()
        || (word.form() == Definition.Form.FUNCTION
            && word.parameters().stream().allMatch(p -> p.fallback().isPresent() || p.optional()));
  }

  /** With the default of each. */
  static Part part(Definition<?> word) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : word.parameters()) {
      parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
    }
    return new Part(word, new Arguments(values));
  }
}

package org.flowexp.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Checked values of the parameters of a part, defaults included, in the order of the definition.
 */
public final class Arguments {
  private final Map<String, Object> values;

  public Arguments(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of a parameter that is always there. */
  public <V> V get(Parameter<V> parameter) {
    return find(parameter)
        .orElseThrow(() -> new NoSuchElementException("no value for " + parameter.name()));
  }

  public <V> Optional<V> find(Parameter<V> parameter) {
    return Optional.ofNullable(values.get(parameter.name())).map(parameter.kind()::cast);
  }

  /** The value of a parameter that is a list, with its element type. */
  public <E> List<E> list(Parameter<?> parameter, Class<E> element) {
    return ((List<?>) values.get(parameter.name())).stream().map(element::cast).toList();
  }

  /** Name and value of each, in order. */
  public Map<String, Object> values() {
    return values;
  }
}

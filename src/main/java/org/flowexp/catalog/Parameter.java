package org.flowexp.catalog;

import java.util.List;
import java.util.Optional;
import org.flowexp.units.Dimension;

/**
 * A parameter of a word: its name, what may be written for it, and the key with which its value is
 * read back.
 *
 * @param kind the Java type of the value
 * @param fallback the value where nothing is written; empty means that something must be
 * @param summary one line for the reference
 * @param optional true if nothing need be written although there is no fallback
 */
public record Parameter<V>(
    String name,
    ParameterType type,
    Class<V> kind,
    Optional<V> fallback,
    boolean optional,
    String summary) {

  public static Parameter<Double> real(String name, Dimension dimension, String summary) {
    return real(name, dimension, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, summary);
  }

  public static Parameter<Double> real(
      String name, Dimension dimension, double least, double most, String summary) {
    return of(name, new ParameterType.Real(dimension, least, most, true), Double.class, summary);
  }

  /** A real number above 0. */
  public static Parameter<Double> positive(String name, Dimension dimension, String summary) {
    return of(
        name,
        new ParameterType.Real(dimension, 0, Double.POSITIVE_INFINITY, false),
        Double.class,
        summary);
  }

  public static Parameter<Long> whole(
      String name, Dimension dimension, long least, long most, String summary) {
    return of(name, new ParameterType.Whole(dimension, least, most), Long.class, summary);
  }

  public static Parameter<String> choice(String name, List<String> words, String summary) {
    return of(name, new ParameterType.Choice(List.copyOf(words)), String.class, summary);
  }

  public static Parameter<CoordinateMask> mask(String name, String summary) {
    return of(name, new ParameterType.Mask(), CoordinateMask.class, summary);
  }

  public static Parameter<Part> part(String name, Category category, String summary) {
    return of(name, new ParameterType.PartOf(category), Part.class, summary);
  }

  /** The general form. */
  public static <V> Parameter<V> of(
      String name, ParameterType type, Class<V> kind, String summary) {
    return new Parameter<>(name, type, kind, Optional.empty(), false, summary);
  }

  /** The same parameter with a value where nothing is written. */
  public Parameter<V> orElse(V value) {
    return new Parameter<>(name, type, kind, Optional.of(value), false, summary);
  }

  /** The same parameter, which may be left out; read it with {@link Arguments#find}. */
  public Parameter<V> mayBeMissing() {
    return new Parameter<>(name, type, kind, Optional.empty(), true, summary);
  }
}

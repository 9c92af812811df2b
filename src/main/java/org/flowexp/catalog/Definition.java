package org.flowexp.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A word of the language. Checking, did-you-mean, the reference and completion all follow from it,
 * so that a new word is one definition and one line in the vocabulary.
 *
 * @param form how it is written
 * @param example a line or two that check without an error
 * @param traits what checking asks about the coordinates around it; never builds the thing
 * @param factory builds what the word means; runs only after checking
 */
public record Definition<T>(
    String name,
    Category category,
    Form form,
    String summary,
    List<Parameter<?>> parameters,
    String example,
    Traits traits,
    Factory<T> factory) {

  public Definition {
    parameters = List.copyOf(parameters);
  }

  /** A word that stands at no joint of an architecture. */
  public Definition(
      String name,
      Category category,
      Form form,
      String summary,
      List<Parameter<?>> parameters,
      String example,
      Factory<T> factory) {
    this(name, category, form, summary, parameters, example, arguments -> Joint.PLAIN, factory);
  }

  /** How a word is written: {@code word { … }} or {@code word(…)}. */
  public enum Form {
    BLOCK,
    FUNCTION
  }

  /**
   * From checked arguments to what they mean for the coordinates: a pure function, so that
   * composition is checked without a graph and without the library of graphs.
   */
  @FunctionalInterface
  public interface Traits {
    Joint of(Arguments arguments);
  }

  /** From checked arguments to the thing. */
  @FunctionalInterface
  public interface Factory<T> {
    T create(Arguments arguments);
  }

  public Optional<Parameter<?>> parameter(String wanted) {
    return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
  }

  public List<String> parameterNames() {
    return parameters.stream().<String>map(Parameter::name).toList();
  }
}

package org.flowexp.syntax;

import java.util.Optional;
import org.flowexp.source.Span;

/**
 * An argument of a call: {@code value}, {@code name = value}, {@code value for i in range} or
 * {@code value where condition}.
 */
public record Argument(
    Optional<Name> name,
    Expression value,
    Optional<Comprehension> comprehension,
    Optional<Expression> condition,
    Span span) {

  /** {@code for variable in range}. */
  public record Comprehension(Name variable, Expression range) {}
}

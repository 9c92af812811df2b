package org.flowexp.syntax;

import java.util.List;
import org.flowexp.source.Span;

/** The type of a param: {@code int(16..1024)}, {@code loss}, {@code one_of(a, b)}. */
public record TypeSyntax(Name name, List<Expression> arguments, Span span) {
  public TypeSyntax {
    arguments = List.copyOf(arguments);
  }
}

package org.flowexp.syntax;

import java.util.List;
import org.flowexp.source.Span;

/** {@code { field* }}, braces included in the span. */
public record Block(List<Field> fields, Span span) {
  public Block {
    fields = List.copyOf(fields);
  }
}

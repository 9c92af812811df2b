package org.flowexp.syntax;

import org.flowexp.source.Span;

/** {@code name = value}. */
public record Field(Name name, Expression value, Span span) {}

package org.flowexp.syntax;

import org.flowexp.source.Span;

/** An identifier where it stands. */
public record Name(String text, Span span) {}

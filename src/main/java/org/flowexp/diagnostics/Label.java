package org.flowexp.diagnostics;

import org.flowexp.source.Span;

/** A place in a file and what is to be said about it. */
public record Label(Span span, String text) {}

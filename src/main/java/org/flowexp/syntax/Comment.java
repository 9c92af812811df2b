package org.flowexp.syntax;

import org.flowexp.source.Span;

/**
 * A {@code #} or {@code ##} comment, with its mark; kept beside the tree so that layout can put it
 * back.
 */
public record Comment(String text, Span span) {}

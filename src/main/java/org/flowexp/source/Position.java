package org.flowexp.source;

/** A place for people: line and column from 1. */
public record Position(int line, int column) {}

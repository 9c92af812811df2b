package org.flowexp.molecule;

/** Three atoms, by their places in the topology; j is the vertex. */
public record Triple(int i, int j, int k) {}

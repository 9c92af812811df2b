package org.flowexp.molecule;

/** Four atoms, by their places in the topology, in the order of a dihedral angle. */
public record Quadruple(int i, int j, int k, int l) {}

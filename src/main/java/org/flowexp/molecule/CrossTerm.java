package org.flowexp.molecule;

/**
 * A correction map on two dihedral angles.
 *
 * @param first the angle of the map's rows, φ
 * @param second the angle of its columns, ψ
 * @param map its place in {@link ForceField#maps}
 */
public record CrossTerm(Quadruple first, Quadruple second, int map) {}

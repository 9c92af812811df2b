package org.flowexp.molecule;

/**
 * How an atom is placed by a distance, an angle and a dihedral angle to atoms placed before it.
 *
 * @param atom the atom placed
 * @param distanceTo the atom it is bonded to; −1 for the first atom
 * @param angleTo the end of the angle atom-distanceTo-angleTo; −1 for the first two
 * @param torsionTo the end of the dihedral atom-distanceTo-angleTo-torsionTo; −1 for the first
 *     three
 */
public record TreeRow(int atom, int distanceTo, int angleTo, int torsionTo) {}

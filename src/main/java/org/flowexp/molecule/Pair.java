package org.flowexp.molecule;

/**
 * ε[(R/r)¹² − 2(R/r)⁶] + f q_i q_j/r, f {@link org.flowexp.units.Constants#COULOMB}.
 *
 * @param charges q_i q_j, e²
 * @param depth ε ≥ 0, kJ/mol
 * @param distance R, where the Lennard-Jones energy is lowest, nm
 */
public record Pair(int i, int j, double charges, double depth, double distance) {}

package org.flowexp.molecule;

/**
 * k (ψ − ψ₀)², the difference taken within ±π; ψ the dihedral angle of the atoms as they are
 * listed.
 *
 * @param angle ψ₀, rad
 * @param stiffness k, kJ/mol/rad²
 */
public record Improper(Quadruple atoms, double angle, double stiffness) {}

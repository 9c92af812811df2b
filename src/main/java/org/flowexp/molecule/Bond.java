package org.flowexp.molecule;

/**
 * k (r − r₀)², for bonds and for the 1-3 distances of Urey and Bradley.
 *
 * @param length r₀, nm
 * @param stiffness k, kJ/mol/nm²
 */
public record Bond(int i, int j, double length, double stiffness) {}

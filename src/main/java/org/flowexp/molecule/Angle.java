package org.flowexp.molecule;

/**
 * k (θ − θ₀)², θ the angle i-j-k.
 *
 * @param angle θ₀, rad
 * @param stiffness k, kJ/mol/rad²
 */
public record Angle(int i, int j, int k, double angle, double stiffness) {}

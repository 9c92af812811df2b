package org.flowexp.model;

import java.util.Optional;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;

/**
 * A target density, given by a formula: x = Rᵀ s, u(x) = energy(s), s = R x.
 *
 * @param name as declared; not part of the canonical form
 * @param energy in kT, one value per sample, of the variable {@code s}
 * @param logZ log ∫ e^{-u} dx, where it is known
 */
public record SystemModel(
    String name, int dim, Optional<Matrix> rotation, Formula energy, Optional<Double> logZ) {}

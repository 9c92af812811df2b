package org.flowexp.flow;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a bijection gives.
 *
 * @param value the image [batch, dim]
 * @param logDet log|det| of the Jacobian of the direction evaluated, at the argument [batch]
 */
public record Mapped(Operand<TFloating> value, Operand<TFloating> logDet) {}

package org.flowexp.tensor;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Where TensorFlow's derivatives end and one by hand takes over.
 *
 * @param outputs detached, so that nothing is differentiated twice
 */
record Cut(List<Operand<TFloating>> outputs, List<Operand<TFloating>> inputs, Adjoint adjoint) {}

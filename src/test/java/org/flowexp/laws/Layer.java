package org.flowexp.laws;

import java.util.function.Function;
import org.flowexp.flow.Bijection;
import org.flowexp.tensor.ParameterLayout;

/**
 * A row of the table the laws run over.
 *
 * @param start what the layer promises to be before training
 * @param weights parameters are moved uniformly by ±weights from their start; a spline's round trip
 *     is worth as much as its conditioning, see {@code SplineInSinglePrecisionTest}
 * @param spread arguments are drawn uniformly from ±spread
 * @param tolerance of the round trip in float64, relative to the spread
 */
record Layer(
    String name,
    Start start,
    double weights,
    double spread,
    double tolerance,
    Function<ParameterLayout, Bijection> make) {
  enum Start {
    IDENTITY,
    ANYTHING
  }

  @Override
  public String toString() {
    return name;
  }
}

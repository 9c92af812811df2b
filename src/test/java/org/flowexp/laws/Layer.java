package org.flowexp.laws;

import java.util.function.Function;
import org.flowexp.flow.Bijection;
import org.flowexp.tensor.ParameterLayout;

/**
 * A row of the table the laws run over.
 *
 * @param start what the layer promises to be before training
 * @param spread arguments are drawn uniformly from ±spread
 * @param tolerance of the round trip in float64, relative to the spread
 */
record Layer(
    String name,
    Start start,
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

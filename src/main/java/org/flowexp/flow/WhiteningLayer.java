package org.flowexp.flow;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.tensor.ParameterLayout;

/**
 * Whitening of the language.
 *
 * @param rows the data [n, dim] once the graph is built; while the experiment is checked, where
 *     they come from
 */
record WhiteningLayer(Object rows, Whitening.Factor factor) implements Layer {
  @Override
  public Optional<String> objection(CoordinateKinds before) {
    int angle = before.circular().indexOf(true);
    return angle < 0
        ? Optional.empty()
        : Optional.of("coordinate " + angle + " is an angle, which has no mean");
  }

  @Override
  public Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates) {
    return Whitening.of((double[][]) rows, factor);
  }
}

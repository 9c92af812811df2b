package org.flowexp.flow;

import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.tensor.ParameterLayout;

/** A layer of the language before it knows its place: what repeats of it share. */
@FunctionalInterface
public interface Layer {
  /**
   * The layer in its place, with parameters of its own.
   *
   * @param layout where the parameters are claimed
   * @param name unique in the layout
   * @param coordinates of the latent side
   */
  Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates);
}

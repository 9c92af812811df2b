package org.flowexp.lower;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Layer;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.tensor.ParameterLayout;

/** The layers of a flow and their places in the vector of parameters, without a graph. */
public final class FlowLayout {
  private FlowLayout() {}

  /** The layers, from latent to configuration; they claim their parameters. */
  static List<Bijection> layers(ParameterLayout layout, ArchitectureModel architecture) {
    List<Bijection> layers = new ArrayList<>();
    for (var part : architecture.layers()) {
      layers.add(
          part.create(Layer.class).build(layout, "layer" + layers.size(), architecture.dim()));
    }
    return layers;
  }

  /** The number of parameters. */
  public static int parameters(ArchitectureModel architecture) {
    ParameterLayout layout = new ParameterLayout();
    layers(layout, architecture);
    return layout.size();
  }
}

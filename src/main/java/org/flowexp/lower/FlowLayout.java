package org.flowexp.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.Part;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.DegenerateData;
import org.flowexp.flow.Layer;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.DataSource;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.ParameterLayout;

/** The layers of a flow and their places in the vector of parameters, without a graph. */
public final class FlowLayout {
  private FlowLayout() {}

  /**
   * The layers, from latent to configuration; they claim their parameters.
   *
   * @param rows of the data that layers learn from, [n, dim]
   */
  static List<Bijection> layers(
      ParameterLayout layout,
      ArchitectureModel architecture,
      Function<DataSource, double[][]> rows) {
    CoordinateKinds kinds = architecture.base().joint().after(CoordinateKinds.linear(0));
    List<Bijection> layers = new ArrayList<>();
    for (Part part : architecture.layers()) {
      Layer layer =
          new Part(part.definition(), withRows(part.arguments(), rows)).create(Layer.class);
      try {
        layers.add(layer.build(layout, "layer" + layers.size(), kinds));
      } catch (DegenerateData degenerate) {
        throw new UnusableData(refusal(part, layers.size() + 1, degenerate), degenerate);
      }
      kinds = part.joint().after(kinds);
    }
    return layers;
  }

  private static String refusal(Part part, int number, DegenerateData degenerate) {
    String data =
        part.arguments().values().values().stream()
            .filter(DataSource.class::isInstance)
            .map(source -> ((DataSource) source).phrase())
            .findFirst()
            .orElseThrow();
    return "layer %d, `%s`, cannot learn from %s: %s; give it other data, or leave the layer out"
        .formatted(number, part.name(), data, degenerate.getMessage());
  }

  /** Data sources replaced by their rows. */
  private static Arguments withRows(Arguments arguments, Function<DataSource, double[][]> rows) {
    Map<String, Object> values = new LinkedHashMap<>(arguments.values());
    values.replaceAll(
        (name, value) -> value instanceof DataSource source ? rows.apply(source) : value);
    return new Arguments(values);
  }

  /** The number of parameters, which no data change. */
  public static int parameters(ArchitectureModel architecture) {
    return of(architecture).size();
  }

  /** The places of the parameters, which no data change. */
  static ParameterLayout of(ArchitectureModel architecture) {
    ParameterLayout layout = new ParameterLayout();
    List<Part> layers = architecture.layers().stream().map(FlowLayout::withoutData).toList();
    layers(
        layout,
        new ArchitectureModel(architecture.name(), architecture.base(), layers, architecture.dim()),
        FlowLayout::inPlace);
    return layout;
  }

  /** Without the data that it can do without. */
  private static Part withoutData(Part part) {
    Map<String, Object> values = new LinkedHashMap<>(part.arguments().values());
    part.definition().parameters().stream()
        .filter(Parameter::optional)
        .map(Parameter::name)
        .filter(name -> values.get(name) instanceof DataSource)
        .forEach(values::remove);
    return new Part(part.definition(), new Arguments(values));
  }

  /** Rows in general position, in place of those that are not drawn yet. */
  private static double[][] inPlace(DataSource source) {
    SplittableRandom random = Seeds.generator(0, "rows in place", 0);
    double[][] rows = new double[4 * source.dim() + 4][source.dim()];
    for (double[] row : rows) {
      java.util.Arrays.setAll(row, i -> random.nextDouble());
    }
    return rows;
  }
}

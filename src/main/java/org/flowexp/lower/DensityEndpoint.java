package org.flowexp.lower;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Evaluates the flow's density and the target's energy at given configurations. */
public final class DensityEndpoint {
  private final int dim;
  private final Map<String, Integer> widths;
  private final Precision precision;
  private final Operand<TFloating> x;
  private final Map<String, Operand<TFloating>> nodes = new LinkedHashMap<>();

  DensityEndpoint(Parameters parameters, Pushforward flow, ReducedEnergy target) {
    GraphBuilder g = parameters.builder();
    this.dim = target.dim();
    this.widths = Map.of("z", flow.flow().latentDim());
    this.precision = g.precision();
    this.x = g.placeholder(-1, dim);
    var evaluation = flow.logDensity(parameters, x);
    nodes.put("z", evaluation.z());
    nodes.put("log_q", evaluation.logDensity());
    nodes.put("inversion_error", Inversion.error(parameters, flow, x));
    nodes.put("u", target.reduced(g, flow.completed(parameters, x)));
  }

  /**
   * Values at configurations [count, dim], row by row.
   *
   * @param wanted some of {@code z} (rows of numbers), {@code log_q}, {@code u}, {@code
   *     inversion_error}; what is left out is not computed
   */
  public Map<String, double[]> at(Session session, double[] configurations, List<String> wanted) {
    int count = configurations.length / dim;
    Rows rows = new Rows(nodes, wanted, count, widths);
    for (int row = 0; row < count && !wanted.isEmpty(); row += Rows.CHUNK) {
      int size = Math.min(Rows.CHUNK, count - row);
      double[] chunk = Arrays.copyOfRange(configurations, row * dim, (row + size) * dim);
      try (var fed = precision.tensor(chunk, size, dim)) {
        rows.fill(session.runner().feed(x, fed), row, size);
      }
    }
    return rows.values();
  }
}

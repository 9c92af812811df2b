package org.flowexp.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.tensor.Precision;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Fetched values of many rows, filled chunk by chunk. */
final class Rows {
  /** Rows of one run of the graph: large enough for its overhead, small enough for the caches. */
  static final int CHUNK = 10_000;

  private final Map<String, Operand<TFloating>> nodes;
  private final Map<String, double[]> values = new LinkedHashMap<>();

  /** The numbers that a row of a vector has, by its name; any other value has one. */
  Rows(
      Map<String, Operand<TFloating>> nodes,
      List<String> wanted,
      int count,
      Map<String, Integer> widths) {
    this.nodes = nodes;
    for (String name : wanted) {
      values.put(name, new double[Math.multiplyExact(count, widths.getOrDefault(name, 1))]);
    }
  }

  /** Runs the graph and puts what it gives at the given row. */
  void fill(Session.Runner runner, int row, int rows) {
    values.keySet().forEach(name -> runner.fetch(nodes.get(name)));
    try (var result = runner.run()) {
      int next = 0;
      for (double[] all : values.values()) {
        double[] chunk = Precision.values(result.get(next++));
        System.arraycopy(chunk, 0, all, chunk.length / rows * row, chunk.length);
      }
    }
  }

  Map<String, double[]> values() {
    return values;
  }
}

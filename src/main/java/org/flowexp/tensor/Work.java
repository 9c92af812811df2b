package org.flowexp.tensor;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;

/**
 * What one run of a graph has to do: the operations that its results need, counted. It is a
 * property of the graph, the same on every machine.
 */
public final class Work {
  private static final String PRODUCT = "MatMul";
  private static final String BATCHED = "BatchMatMulV2";

  private final Set<GraphOperation> operations;

  private Work(Set<GraphOperation> operations) {
    this.operations = operations;
  }

  /** What these results need. */
  public static Work of(Collection<? extends Op> results) {
    Set<GraphOperation> seen = new HashSet<>();
    Deque<GraphOperation> pending = new ArrayDeque<>();
    results.forEach(result -> pending.push((GraphOperation) result.op()));
    while (!pending.isEmpty()) {
      GraphOperation operation = pending.pop();
      if (seen.add(operation)) {
        for (int i = 0; i < operation.numInputs(); i++) {
          pending.push((GraphOperation) operation.input(i).op());
        }
        pending.addAll(operation.controlInputs());
      }
    }
    return new Work(seen);
  }

  /** Operations, constants included. */
  public int nodes() {
    return operations.size();
  }

  /** Operations of each type, by its name. */
  public Map<String, Integer> types() {
    Map<String, Integer> types = new TreeMap<>();
    operations.forEach(operation -> types.merge(operation.type(), 1, Integer::sum));
    return types;
  }

  /**
   * Multiplications and additions of all products of matrices, 2·m·n·k each. A product whose
   * lengths are known only when it runs is not counted.
   */
  public double productOperations() {
    return operations.stream().mapToDouble(Work::productOperations).sum();
  }

  private static double productOperations(GraphOperation operation) {
    if (!List.of(PRODUCT, BATCHED).contains(operation.type())) {
      return 0;
    }
    String transposed = operation.type().equals(PRODUCT) ? "transpose_a" : "adj_x";
    Shape left = operation.input(0).shape();
    Shape result = operation.output(0).shape();
    int last = left.numDimensions() - 1;
    long inner = left.get(operation.attributes().getAttrBool(transposed) ? last - 1 : last);
    return result.hasUnknownDimension() || inner < 0 ? 0 : 2.0 * result.size() * inner;
  }
}

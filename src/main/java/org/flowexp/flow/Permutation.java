package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Reordering;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Coordinates in another order: x[i] = z[order[i]].
 *
 * @param order each of 0 … n − 1 once
 */
public record Permutation(List<Integer> order) implements Bijection {
  /** Checks that it is a permutation. */
  public Permutation {
    order = List.copyOf(order);
    if (order.isEmpty()
        || !order.stream()
            .sorted()
            .toList()
            .equals(IntStream.range(0, order.size()).boxed().toList())) {
      throw new IllegalArgumentException("not a permutation: " + order);
    }
  }

  /** Last coordinate first. */
  public static Permutation reversal(int dim) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, dim).boxed().toList());
    Collections.reverse(order);
    return new Permutation(order);
  }

  @Override
  public int dim() {
    return order.size();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    return reordered(parameters.builder(), z, order.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    int[] forth = order.stream().mapToInt(Integer::intValue).toArray();
    return reordered(parameters.builder(), x, Reordering.inverse(forth));
  }

  private static Mapped reordered(GraphBuilder builder, Operand<TFloating> x, int[] order) {
    return new Mapped(Reordering.columns(builder, x, order), Constants.perRow(builder, x, 0));
  }
}

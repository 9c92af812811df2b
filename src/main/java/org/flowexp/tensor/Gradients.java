package org.flowexp.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.family.TFloating;

/**
 * Reverse-mode derivatives. Where y does not depend on x, or every path is cut by a detached
 * operation, the derivative is zero and zeros are returned, as in mathematics; TensorFlow itself
 * throws in the first case and returns an output without a node in the second.
 */
public final class Gradients {
  private Gradients() {}

  /** ∂y/∂x for a scalar y (or of the sum of y's elements), shaped as x. */
  public static Operand<TFloating> of(
      GraphBuilder builder, Operand<TFloating> y, Operand<TFloating> x) {
    return of(builder, y, List.of(x)).get(0);
  }

  /** ∂y/∂x for several x in one sweep; y a scalar (or the sum of its elements). */
  public static List<Operand<TFloating>> of(
      GraphBuilder builder, Operand<TFloating> y, List<Operand<TFloating>> xs) {
    Set<Output<?>> ancestors = ancestors(y.asOutput());
    Output<?>[] reachable =
        xs.stream()
            .map(Operand::asOutput)
            .filter(ancestors::contains)
            .distinct()
            .toArray(Output<?>[]::new);
    Output<?>[] derivatives =
        reachable.length == 0 ? reachable : builder.graph().addGradients(y.asOutput(), reachable);
    List<Operand<TFloating>> answer = new ArrayList<>();
    for (Operand<TFloating> x : xs) {
      int place = Arrays.asList(reachable).indexOf(x.asOutput());
      answer.add(
          place >= 0 && exists(derivatives[place])
              ? floating(derivatives[place])
              : builder.tf().zerosLike(x));
    }
    return List.copyOf(answer);
  }

  private static Set<Output<?>> ancestors(Output<?> y) {
    Set<Output<?>> seen = new HashSet<>();
    Set<GraphOperation> visited = new HashSet<>();
    Deque<Output<?>> pending = new ArrayDeque<>(List.of(y));
    while (!pending.isEmpty()) {
      Output<?> output = pending.pop();
      if (seen.add(output) && visited.add((GraphOperation) output.op())) {
        GraphOperation operation = (GraphOperation) output.op();
        for (int i = 0; i < operation.numInputs(); i++) {
          pending.push(operation.input(i));
        }
      }
    }
    return seen;
  }

  private static boolean exists(Output<?> output) {
    return !output.isClosed();
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloating> floating(Output<?> output) {
    return (Operand<TFloating>) output;
  }
}

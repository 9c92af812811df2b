package org.flowexp.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.family.TFloating;

/**
 * One reverse pass over a graph with cuts. TensorFlow's derivatives run from y to the arguments and
 * to the cuts it meets first; a cut's own adjoint turns what arrived there into cotangents of its
 * inputs, from which TensorFlow's run on. A cut is built after those it depends on, so that the
 * last comes first.
 */
final class Sweep {
  private final GraphBuilder builder;
  private final List<Operand<TFloating>> xs;
  private final List<Cut> cuts;
  private final Set<Output<?>> ends = new HashSet<>();
  private final Set<Output<?>> targets = new HashSet<>();
  private final Map<Output<?>, List<Operand<TFloating>>> arrived = new HashMap<>();

  Sweep(GraphBuilder builder, List<Operand<TFloating>> xs) {
    this.builder = builder;
    this.xs = xs;
    this.cuts = builder.cuts();
    cuts.forEach(cut -> cut.outputs().forEach(output -> ends.add(output.asOutput())));
    targets.addAll(ends);
    xs.forEach(x -> targets.add(x.asOutput()));
  }

  List<Operand<TFloating>> from(Operand<TFloating> y) {
    // Detached: ones and zeros are constants, but TensorFlow asks for the derivatives of both.
    run(List.of(y), List.of(builder.tf().stopGradient(builder.tf().onesLike(y))));
    for (int i = cuts.size() - 1; i >= 0; i--) {
      Cut cut = cuts.get(i);
      if (cut.outputs().stream().anyMatch(output -> arrived.containsKey(output.asOutput()))) {
        run(cut.inputs(), cut.adjoint().of(cut.outputs().stream().map(this::sum).toList()));
      }
    }
    return xs.stream().map(this::sum).toList();
  }

  private void run(List<Operand<TFloating>> ys, List<Operand<TFloating>> cotangents) {
    List<Operand<TFloating>> through = new ArrayList<>();
    List<Operand<TFloating>> arriving = new ArrayList<>();
    for (int i = 0; i < ys.size(); i++) {
      if (ends.contains(ys.get(i).asOutput())) {
        arrive(ys.get(i).asOutput(), cotangents.get(i));
      } else {
        through.add(ys.get(i));
        arriving.add(cotangents.get(i));
      }
    }
    List<Output<?>> reached = reached(through);
    if (reached.isEmpty()) {
      return;
    }
    Output<?>[] derivatives =
        builder.graph().addGradients(null, all(through), all(reached), all(arriving));
    for (int i = 0; i < reached.size(); i++) {
      if (!derivatives[i].isClosed()) {
        arrive(reached.get(i), floating(derivatives[i]));
      }
    }
  }

  private void arrive(Output<?> at, Operand<TFloating> cotangent) {
    arrived.computeIfAbsent(at, unused -> new ArrayList<>()).add(cotangent);
  }

  private Operand<TFloating> sum(Operand<TFloating> at) {
    List<Operand<TFloating>> parts = arrived.getOrDefault(at.asOutput(), List.of());
    return switch (parts.size()) {
      case 0 -> builder.tf().stopGradient(builder.tf().zerosLike(at));
      case 1 -> parts.get(0);
      default -> builder.tf().math.addN(parts);
    };
  }

  /** The targets that these depend on, not by way of a cut. */
  private List<Output<?>> reached(List<Operand<TFloating>> ys) {
    Set<Output<?>> seen = new LinkedHashSet<>();
    Set<GraphOperation> visited = new HashSet<>();
    Deque<Output<?>> pending = new ArrayDeque<>();
    ys.forEach(y -> pending.add(y.asOutput()));
    while (!pending.isEmpty()) {
      Output<?> output = pending.pop();
      if (seen.add(output) && !ends.contains(output)) {
        GraphOperation operation = (GraphOperation) output.op();
        if (visited.add(operation)) {
          for (int i = 0; i < operation.numInputs(); i++) {
            pending.push(operation.input(i));
          }
        }
      }
    }
    return seen.stream().filter(targets::contains).toList();
  }

  private static Output<?>[] all(List<? extends Operand<?>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloating> floating(Output<?> output) {
    return (Operand<TFloating>) output;
  }
}

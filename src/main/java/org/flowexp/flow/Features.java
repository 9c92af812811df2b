package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Reordering;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a conditioner sees of the coordinates that stay: those on the line as they are, then cosine
 * and sine of the angles.
 *
 * @param linear which of the kept ones
 * @param angles the others
 */
record Features(List<Integer> linear, List<Integer> angles) {
  Features {
    linear = List.copyOf(linear);
    angles = List.copyOf(angles);
  }

  static Features of(Mask mask, List<Boolean> circular) {
    if (circular.size() != mask.dim()) {
      throw new IllegalArgumentException(
          circular.size() + " kinds of " + mask.dim() + " coordinates");
    }
    List<Integer> linear = new ArrayList<>();
    List<Integer> angles = new ArrayList<>();
    int column = 0;
    for (int i = 0; i < mask.dim(); i++) {
      if (!mask.transformed().get(i)) {
        (circular.get(i) ? angles : linear).add(column++);
      }
    }
    return new Features(linear, angles);
  }

  int count() {
    return linear.size() + 2 * angles.size();
  }

  /** [kept, batch] → [count, batch]. */
  Operand<TFloating> of(GraphBuilder builder, Operand<TFloating> kept) {
    if (angles.isEmpty()) {
      return kept;
    }
    Ops tf = builder.tf();
    if (linear.isEmpty()) {
      return builder.concat(0, List.of(tf.math.cos(kept), tf.math.sin(kept)));
    }
    int[] order =
        Stream.of(linear, angles).flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    List<Operand<TFloating>> parts =
        builder.split(0, Reordering.rows(builder, kept, order), linear.size(), angles.size());
    Operand<TFloating> turned = parts.get(1);
    return builder.concat(0, List.of(parts.get(0), tf.math.cos(turned), tf.math.sin(turned)));
  }
}

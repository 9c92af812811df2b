package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a conditioner sees of the coordinates that stay: those on the line as they are, then cosine
 * and sine of the angles.
 *
 * @param linear columns among the kept ones
 * @param angles the other columns
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

  /** [batch, kept] → [batch, count]. */
  Operand<TFloating> of(GraphBuilder builder, Operand<TFloating> kept) {
    if (angles.isEmpty()) {
      return kept;
    }
    List<Operand<TFloating>> all = new ArrayList<>();
    if (!linear.isEmpty()) {
      all.add(builder.columns(kept, columns(linear)));
    }
    Operand<TFloating> turned = builder.columns(kept, columns(angles));
    all.add(builder.tf().math.cos(turned));
    all.add(builder.tf().math.sin(turned));
    return builder.concat(1, all);
  }

  private static int[] columns(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}

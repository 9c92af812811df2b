package org.flowexp.flow;

import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Reordering;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Which coordinates are transformed, given the rest.
 *
 * @param transformed one flag a coordinate; at least one of either kind
 */
public record Mask(List<Boolean> transformed) {
  /** Checks that both parts have coordinates. */
  public Mask {
    transformed = List.copyOf(transformed);
    if (!transformed.contains(true) || !transformed.contains(false)) {
      throw new IllegalArgumentException(
          "a mask needs coordinates to transform and coordinates to keep");
    }
  }

  /** Transforms the coordinates from {@code start} (inclusive) to {@code end} (exclusive). */
  public static Mask range(int dim, int start, int end) {
    return new Mask(IntStream.range(0, dim).mapToObj(i -> i >= start && i < end).toList());
  }

  /** Transforms every second coordinate, starting with {@code first} (0 or 1). */
  public static Mask alternating(int dim, int first) {
    return new Mask(IntStream.range(0, dim).mapToObj(i -> i % 2 == first).toList());
  }

  /** The other part. */
  public Mask complement() {
    return new Mask(transformed.stream().map(flag -> !flag).toList());
  }

  /** The number of coordinates of both parts. */
  public int dim() {
    return transformed.size();
  }

  /** The number of transformed coordinates. */
  public int count() {
    return Math.toIntExact(transformed.stream().filter(flag -> flag).count());
  }

  /**
   * The two parts of a matrix, each in the order of its columns.
   *
   * @param kept [batch, dim − count]
   * @param changed [batch, count]
   */
  record Parts(Operand<TFloating> kept, Operand<TFloating> changed) {
    /** As the complement sees them. */
    Parts swapped() {
      return new Parts(/* kept= */ changed, /* changed= */ kept);
    }
  }

  /** Puts the kept columns first, and cuts there. */
  Parts split(GraphBuilder builder, Operand<TFloating> x) {
    List<Operand<TFloating>> parts =
        builder.split(1, Reordering.columns(builder, x, keptFirst()), dim() - count(), count());
    return new Parts(parts.get(0), parts.get(1));
  }

  /** Puts the parts back in their places. */
  Operand<TFloating> join(GraphBuilder builder, Parts parts) {
    return Reordering.columns(
        builder,
        builder.concat(1, List.of(parts.kept, parts.changed)),
        Reordering.inverse(keptFirst()));
  }

  private int[] keptFirst() {
    return IntStream.concat(coordinates(false), coordinates(true)).toArray();
  }

  private IntStream coordinates(boolean flag) {
    return IntStream.range(0, dim()).filter(i -> transformed.get(i) == flag);
  }
}

package org.flowexp.flow;

import java.util.Arrays;
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
   * The two parts of a configuration, a coordinate a row: numbers of one coordinate lie side by
   * side, so that taking some is copying rows, and a coordinate's numbers meet its spline's.
   *
   * @param kept [dim − count, batch]
   * @param changed [count, batch]
   */
  record Parts(Operand<TFloating> kept, Operand<TFloating> changed) {
    /** As the complement sees them. */
    Parts swapped() {
      return new Parts(/* kept= */ changed, /* changed= */ kept);
    }
  }

  /**
   * Puts the kept coordinates first, and cuts there.
   *
   * @param x [dim, batch]
   */
  Parts split(GraphBuilder builder, Operand<TFloating> x) {
    return cut(builder, Reordering.rows(builder, x, keptFirst()));
  }

  /**
   * Puts the parts back in their places.
   *
   * @return [dim, batch]
   */
  Operand<TFloating> join(GraphBuilder builder, Parts parts) {
    return Reordering.rows(builder, stacked(builder, parts), Reordering.inverse(keptFirst()));
  }

  /** The parts of another mask as this one's, without a stop at their places. */
  Parts from(GraphBuilder builder, Mask other, Parts parts) {
    int[] place = Reordering.inverse(other.keptFirst());
    int[] order = Arrays.stream(keptFirst()).map(i -> place[i]).toArray();
    return cut(builder, Reordering.rows(builder, stacked(builder, parts), order));
  }

  private static Operand<TFloating> stacked(GraphBuilder builder, Parts parts) {
    return builder.concat(0, List.of(parts.kept, parts.changed));
  }

  private Parts cut(GraphBuilder builder, Operand<TFloating> keptFirst) {
    List<Operand<TFloating>> parts = builder.split(0, keptFirst, dim() - count(), count());
    return new Parts(parts.get(0), parts.get(1));
  }

  private int[] keptFirst() {
    return IntStream.concat(coordinates(false), coordinates(true)).toArray();
  }

  private IntStream coordinates(boolean flag) {
    return IntStream.range(0, dim()).filter(i -> transformed.get(i) == flag);
  }
}

package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.tensor.GraphBuilder;
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

  /**
   * Cuts the columns where the flag changes. One split has one concatenation as its gradient, where
   * slices would each pad to the full width; a product with a 0-1 matrix is inexact on cards that
   * multiply in TF32.
   */
  Parts split(GraphBuilder builder, Operand<TFloating> x) {
    List<Operand<TFloating>> kept = new ArrayList<>();
    List<Operand<TFloating>> changed = new ArrayList<>();
    List<Run> runs = runs();
    List<Operand<TFloating>> pieces = cut(builder, x, runs);
    for (int i = 0; i < runs.size(); i++) {
      (runs.get(i).transformed ? changed : kept).add(pieces.get(i));
    }
    return new Parts(builder.concat(1, kept), builder.concat(1, changed));
  }

  /** Puts the parts back in their places. */
  Operand<TFloating> join(GraphBuilder builder, Parts parts) {
    List<Run> runs = runs();
    var kept = cut(builder, parts.kept, runs.stream().filter(run -> !run.transformed).toList());
    var changed = cut(builder, parts.changed, runs.stream().filter(Run::transformed).toList());
    var nextKept = kept.iterator();
    var nextChanged = changed.iterator();
    return builder.concat(
        1,
        runs.stream().map(run -> run.transformed ? nextChanged.next() : nextKept.next()).toList());
  }

  private static List<Operand<TFloating>> cut(
      GraphBuilder builder, Operand<TFloating> x, List<Run> runs) {
    return builder.split(1, x, runs.stream().mapToInt(Run::length).toArray());
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= dim(); i++) {
      if (i == dim() || !transformed.get(i).equals(transformed.get(start))) {
        runs.add(new Run(transformed.get(start), i - start));
        start = i;
      }
    }
    return runs;
  }

  private record Run(boolean transformed, int length) {}
}

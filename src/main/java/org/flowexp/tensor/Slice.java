package org.flowexp.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A named piece of a flat parameter vector.
 *
 * @param name unique in its layout, for example {@code coupling0/kernel1}
 * @param index its place in the layout
 * @param offset where its numbers start in the flat vector
 * @param lengths its shape
 */
public record Slice(String name, int index, int offset, List<Long> lengths) {
  /** Copies the shape. */
  public Slice {
    lengths = List.copyOf(lengths);
  }

  /** The number of parameters. */
  public int size() {
    return Math.toIntExact(lengths.stream().reduce(1L, Math::multiplyExact));
  }

  long[] shape() {
    return lengths.stream().mapToLong(Long::longValue).toArray();
  }

  /** This piece of a flat vector of values. */
  public double[] of(double[] flat) {
    return Arrays.copyOfRange(flat, offset, offset + size());
  }
}

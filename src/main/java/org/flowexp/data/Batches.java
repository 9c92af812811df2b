package org.flowexp.data;

import java.util.stream.IntStream;
import org.flowexp.random.Seeds;

/**
 * Which rows each step sees, a function of (seed, purpose, step): the rows pass by in epochs, each
 * a permutation of its own, so no row returns before all have been seen. A batch may span epochs.
 *
 * @param rows rows of the data set
 * @param size rows in a batch
 * @param seed root of the permutations
 * @param purpose tells apart the consumers of one seed
 */
public record Batches(int rows, int size, long seed, String purpose) {

  /** Checks the sizes. */
  public Batches {
    if (rows < 1 || size < 1) {
      throw new IllegalArgumentException("batches of " + size + " from " + rows + " rows");
    }
  }

  /** The row numbers of a step's batch, [size]. */
  public int[] at(long step) {
    int[] batch = new int[size];
    long from = Math.multiplyExact(step, size);
    long epoch = from / rows;
    int[] order = permutation(epoch);
    for (int i = 0; i < size; i++) {
      long here = (from + i) / rows;
      if (here != epoch) {
        epoch = here;
        order = permutation(epoch);
      }
      batch[i] = order[(int) ((from + i) % rows)];
    }
    return batch;
  }

  private int[] permutation(long epoch) {
    return Samples.shuffled(
        IntStream.range(0, rows).toArray(), Seeds.generator(seed, "batches/" + purpose, epoch));
  }
}

package org.flowexp.stage;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/**
 * Parameters at steps of a training, for evaluations that are wanted later. Beyond a size the rest
 * is left out: then a changed metric costs a training, not a disk.
 */
public final class Snapshots {
  private static final long MOST_NUMBERS = 32L << 20;

  private final NavigableMap<Long, double[]> parameters = new TreeMap<>();

  /** Whether one more of this length fits. */
  public boolean hasRoomFor(int numbers) {
    return (parameters.size() + 1L) * numbers <= MOST_NUMBERS;
  }

  /** Keeps the parameters after a step of the run. */
  public void put(long step, double[] values) {
    parameters.put(step, values.clone());
  }

  /** The steps, ascending. */
  public Set<Long> steps() {
    return Set.copyOf(parameters.keySet());
  }

  /** The parameters after a step. A copy. */
  public Optional<double[]> at(long step) {
    return Optional.ofNullable(parameters.get(step)).map(double[]::clone);
  }

  /** For a file. */
  public Archive archive() {
    return new Archive.Builder()
        .longs("steps", parameters.keySet().stream().mapToLong(Long::longValue).toArray())
        .doubles("values", parameters.values().stream().flatMapToDouble(Arrays::stream).toArray())
        .build();
  }

  /** From a file. */
  public static Snapshots of(Archive archive, int length) throws Refusal {
    Snapshots snapshots = new Snapshots();
    long[] steps = archive.longs("steps");
    double[] values = archive.doubles("values", (long) steps.length * length);
    for (int i = 0; i < steps.length; i++) {
      snapshots.put(steps[i], Arrays.copyOfRange(values, i * length, (i + 1) * length));
    }
    return snapshots;
  }
}

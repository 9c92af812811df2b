package org.flowexp.train;

import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/**
 * All that the loop carries from one step to the next; what is random is a function of the step. A
 * training that goes on from a state gives the bits of one that was never interrupted.
 */
public final class TrainingState {
  private final long step;
  private final double[] parameters;
  private final double[] first;
  private final double[] second;
  private final double[] good;
  private final double[] candidate;
  private final double[] sums;
  private final double[] logZ;
  private final int summed;
  private final int withoutGradient;

  TrainingState(
      long step,
      double[] parameters,
      double[] first,
      double[] second,
      double[] good,
      double[] candidate,
      double[] sums,
      double[] logZ,
      int summed,
      int withoutGradient) {
    this.step = step;
    this.parameters = parameters;
    this.first = first;
    this.second = second;
    this.good = good.clone();
    this.candidate = candidate.clone();
    this.sums = sums.clone();
    this.logZ = logZ.clone();
    this.summed = summed;
    this.withoutGradient = withoutGradient;
  }

  /** Steps of the phase that are done. */
  public long step() {
    return step;
  }

  double[] parameters() {
    return parameters.clone();
  }

  double[] first() {
    return first.clone();
  }

  double[] second() {
    return second.clone();
  }

  double[] good() {
    return good.clone();
  }

  double[] candidate() {
    return candidate.clone();
  }

  double[] sums() {
    return sums.clone();
  }

  double[] logZ() {
    return logZ.clone();
  }

  int summed() {
    return summed;
  }

  int withoutGradient() {
    return withoutGradient;
  }

  /** For a file. */
  public Archive archive() {
    return new Archive.Builder()
        .longs("counts", step, summed, withoutGradient)
        .doubles("parameters", parameters)
        .doubles("adam/first", first)
        .doubles("adam/second", second)
        .doubles("good", good)
        .doubles("candidate", candidate)
        .doubles("sums", sums)
        .doubles("log_z", logZ)
        .build();
  }

  /**
   * From a file.
   *
   * @param size numbers in the vector of parameters
   */
  public static TrainingState of(Archive archive, int size) throws Refusal {
    long[] counts = archive.longs("counts");
    if (counts.length != 3) {
      throw new Refusal("it has " + counts.length + " counts, expected 3");
    }
    return new TrainingState(
        counts[0],
        archive.doubles("parameters", size),
        archive.doubles("adam/first", size),
        archive.doubles("adam/second", size),
        archive.doubles("good", size),
        archive.doubles("candidate", size),
        archive.doubles("sums"),
        archive.doubles("log_z"),
        (int) counts[1],
        (int) counts[2]);
  }
}

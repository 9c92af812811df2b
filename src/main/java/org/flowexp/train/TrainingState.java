package org.flowexp.train;

import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/**
 * All that the loop carries from one step to the next; what is random is a function of the step. A
 * training that goes on from a state gives the bits of one that was never interrupted.
 */
public final class TrainingState {
  private static final int COUNTS = 4;

  private final long step;
  private final double[] parameters;
  private final double[] first;
  private final double[] second;
  private final double[] good;
  private final double[] sums;
  private final double[] logZ;
  private final int summed;
  private final int withoutGradient;
  private final boolean justLogged;

  TrainingState(
      long step,
      double[] parameters,
      double[] first,
      double[] second,
      double[] good,
      double[] sums,
      double[] logZ,
      int summed,
      int withoutGradient,
      boolean justLogged) {
    this.step = step;
    this.parameters = parameters;
    this.first = first;
    this.second = second;
    this.good = good.clone();
    this.sums = sums.clone();
    this.logZ = logZ.clone();
    this.summed = summed;
    this.withoutGradient = withoutGradient;
    this.justLogged = justLogged;
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

  /** Whether the next step decides if the parameters of now are the good ones. */
  boolean justLogged() {
    return justLogged;
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
        .longs("counts", step, summed, withoutGradient, justLogged ? 1 : 0)
        .doubles("parameters", parameters)
        .doubles("adam/first", first)
        .doubles("adam/second", second)
        .doubles("good", good)
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
    if (counts.length != COUNTS) {
      throw new Refusal("it has " + counts.length + " counts, expected " + COUNTS);
    }
    return new TrainingState(
        counts[0],
        archive.doubles("parameters", size),
        archive.doubles("adam/first", size),
        archive.doubles("adam/second", size),
        archive.doubles("good", size),
        archive.doubles("sums"),
        archive.doubles("log_z"),
        (int) counts[1],
        (int) counts[2],
        counts[3] == 1);
  }
}

package org.flowexp.model;

/** How far from the recorded baseline the mean over the seeds that were run may be. */
public sealed interface Band {

  /**
   * Within so many recorded standard deviations, those between single seeds: the same width however
   * many seeds are run.
   */
  record Deviations(double count) implements Band {}

  /**
   * Within the prediction interval: new seeds of the same experiment leave it by chance in a share
   * of 1 − level, if their values are normal.
   *
   * @param level below 1, such as 0.99
   */
  record Prediction(double level) implements Band {
    /** Below so many recorded seeds the interval would rest on a spread that is a guess. */
    public static final int FEWEST_SEEDS = 10;
  }
}

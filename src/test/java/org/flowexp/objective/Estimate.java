package org.flowexp.objective;

import java.util.Arrays;

/** Means over batches with their standard errors. */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Estimate(double[] mean, double[] error) {
  private static final double SIGMAS = 5;

  /** Whether all are within five standard errors. */
  boolean covers(double... expected) {
    boolean covers = true;
    for (int i = 0; i < expected.length; i++) {
      covers &= Math.abs(mean[i] - expected[i]) <= SIGMAS * error[i];
    }
    return covers;
  }

  String text() {
    return Arrays.toString(mean) + " ± " + Arrays.toString(error);
  }
}

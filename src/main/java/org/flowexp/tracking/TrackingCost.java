package org.flowexp.tracking;

import java.util.Locale;
import java.util.Map;

/** What tracking costs the thread that trains: the time until an event is in the journal. */
final class TrackingCost {
  private long steps;
  private long nanos;
  private long most;

  /**
   * A logged step.
   *
   * @param step of the run; values are logged once in several steps
   */
  void add(long step, long taken) {
    steps = Math.max(steps, step);
    nanos += taken;
    most = Math.max(most, taken);
  }

  /** In milliseconds: the mean over all steps, and the longest of one event. */
  Map<String, String> tags() {
    return Map.of(
        "tracking.ms_per_step", figure((double) nanos / Math.max(1, steps)),
        "tracking.ms_at_most", figure((double) most));
  }

  private static String figure(double nanos) {
    return String.format(Locale.ROOT, "%.4f", nanos * 1e-6);
  }
}

package org.flowexp.train;

import java.util.Map;

/** Hears from a training under way; steps are on the axis of the whole run. */
public interface TrainingObserver {
  /** Means over the steps since the last call. */
  void logged(long step, Map<String, Double> values);

  /** So many steps are done, and the session holds the parameters after them. */
  void stepped(long step);
}

package org.flowexp.train;

import java.util.Map;
import java.util.function.Supplier;

/** Hears from a training under way; steps are on the axis of the whole run. */
public interface TrainingObserver {
  /** Means over the steps since the last call. */
  void logged(long step, Map<String, Double> values);

  /**
   * So many steps are done, and the session holds the parameters after them.
   *
   * @param state all that is needed to go on from here; costs a copy of the parameters
   */
  void stepped(long step, Supplier<TrainingState> state);
}

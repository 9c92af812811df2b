package org.flowexp.check;

import org.flowexp.model.DataSource;

/** Which data are samples of their system, as a bridge needs. */
final class Bridges {
  private Bridges() {}

  /** Whether a condition or a ratio decided what was kept. */
  static boolean isBiased(DataSource source) {
    if (source instanceof DataSource.Taken taken) {
      return isBiased(taken.from());
    }
    if (source instanceof DataSource.Dropped dropped) {
      return isBiased(dropped.from());
    }
    if (source instanceof DataSource.Split split) {
      return isBiased(split.from());
    }
    return source instanceof DataSource.Filtered || source instanceof DataSource.Resampled;
  }
}

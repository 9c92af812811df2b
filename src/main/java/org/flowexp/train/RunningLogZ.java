package org.flowexp.train;

/**
 * log Z over the batches of a training: Ẑ as a mean in which a batch fades after some 50 others,
 * kept as a logarithm. The early batches count alike, so that a poor first one is soon outvoted.
 */
final class RunningLogZ {
  private static final int WINDOW = 50;

  private RunningLogZ() {}

  /**
   * With one more batch.
   *
   * @param before NaN if there was none
   * @param batch log Z of the batch; left out if it is not finite
   * @param step of the batch, from 0
   */
  static double with(double before, double batch, long step) {
    if (!Double.isFinite(batch) || Double.isNaN(before)) {
      return Double.isFinite(batch) ? batch : before;
    }
    double share = 1.0 / Math.min(step + 1, WINDOW);
    double most = Math.max(before, batch);
    return most + Math.log((1 - share) * Math.exp(before - most) + share * Math.exp(batch - most));
  }
}

package org.flowexp.optimizer;

/**
 * A number that changes over the steps of a phase, for example a learning rate or the weight of a
 * loss.
 */
public sealed interface Ramp {
  /**
   * The value for a step.
   *
   * @param step from 0
   * @param total steps of the phase, at least 1
   */
  double at(long step, long total);

  /**
   * The same value throughout.
   *
   * @param value the value
   */
  record Constant(double value) implements Ramp {
    @Override
    public double at(long step, long total) {
      return value;
    }
  }

  /**
   * Straight from the first step's value to the last step's.
   *
   * @param from at the first step
   * @param to at the last step
   */
  record Linear(double from, double to) implements Ramp {
    @Override
    public double at(long step, long total) {
      return total == 1 ? to : from + (to - from) * step / (total - 1);
    }
  }

  /**
   * Rises linearly to {@code top} in {@code warmup} steps, then falls as half a cosine to {@code
   * end} at the last step: Loshchilov and Hutter, "SGDR" (2017), eq. 5, without restarts.
   *
   * @param top the greatest value, of step {@code warmup − 1} (of step 0 without warm-up)
   * @param end the value of the last step
   * @param warmup steps of the rise
   */
  record Cosine(double top, double end, long warmup) implements Ramp {
    /** Checks the rise. */
    public Cosine {
      if (warmup < 0) {
        throw new IllegalArgumentException("a rise of " + warmup + " steps");
      }
    }

    @Override
    public double at(long step, long total) {
      long summit = Math.max(warmup, 1) - 1;
      if (step <= summit) {
        return top * (step + 1) / (summit + 1);
      }
      double progress = (double) (step - summit) / (total - 1 - summit);
      return end + (top - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
  }
}

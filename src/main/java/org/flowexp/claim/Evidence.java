package org.flowexp.claim;

import org.flowexp.statistics.Spread;

/**
 * What a claim was decided by.
 *
 * @param test its name
 * @param seeds a side
 * @param p one-sided, of this claim by itself
 * @param adjusted by Holm over all claims of the sweep
 * @param claims how many there are
 * @param effect mean of the left side less the right, in the metric's internal unit
 * @param lower bound of the effect, by itself at the claim's confidence; −∞ with too few seeds
 * @param upper likewise; ∞ with too few seeds
 * @param standardized effect over the standard deviation between seeds; NaN if they do not differ
 * @param confidence that the claim asks for
 */
public record Evidence(
    String test,
    int seeds,
    double p,
    double adjusted,
    int claims,
    double effect,
    double lower,
    double upper,
    double standardized,
    double confidence) {

  /** In one line, for people. */
  public String text() {
    return "difference "
        + Spread.figure(effect)
        + ", "
        + interval()
        + (Double.isFinite(standardized) ? ", " + Spread.figure(standardized) + " sd" : "")
        + "; "
        + test
        + " over "
        + seeds
        + " seeds: p = "
        + Spread.figure(p)
        + (claims > 1 ? ", " + Spread.figure(adjusted) + " by Holm over " + claims : "");
  }

  /** {@code [-0.2, -0.1] with each end at 95 %}; words where too few seeds give no bounds. */
  public String interval() {
    String level = Spread.figure(100 * confidence);
    if (Double.isInfinite(lower) && Double.isInfinite(upper)) {
      return "no bounds can be given with so few seeds";
    }
    return "["
        + Spread.figure(lower)
        + ", "
        + Spread.figure(upper)
        + "] with each end at "
        + (level.contains(".") ? level.replaceAll("\\.?0+$", "") : level)
        + " %";
  }
}

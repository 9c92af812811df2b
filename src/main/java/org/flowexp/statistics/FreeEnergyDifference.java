package org.flowexp.statistics;

/**
 * F_B − F_A = −kT log(Z_B/Z_A) of two disjoint sets of configurations, by importance weights.
 *
 * @param value in kT; NaN if a set has no weight
 * @param standardError √(1/ESS_A + 1/ESS_B) in kT, by the delta method
 */
public record FreeEnergyDifference(double value, double standardError) {

  /** From the log-weights of the rows that fell into A and into B. */
  public static FreeEnergyDifference of(double[] r, boolean[] inA, boolean[] inB) {
    double[] a = where(r, inA);
    double[] b = where(r, inB);
    double error =
        Math.sqrt(1 / LogWeights.effectiveSampleSize(a) + 1 / LogWeights.effectiveSampleSize(b));
    double value = LogWeights.logSumExp(a) - LogWeights.logSumExp(b);
    return new FreeEnergyDifference(Double.isInfinite(value) ? Double.NaN : value, error);
  }

  private static double[] where(double[] r, boolean[] kept) {
    double[] copy = r.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = kept[i] ? copy[i] : Double.NEGATIVE_INFINITY;
    }
    return copy;
  }
}

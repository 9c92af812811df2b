package org.flowexp.sampler;

import java.util.List;

/** What a sampler returns: samples of the lowest rung, interleaved over chains, and its account. */
public final class Draw {

  private final double[] positions;
  private final int dim;
  private final List<Double> acceptance;
  private final List<Double> swapAcceptance;
  private final long energyEvaluations;

  Draw(
      double[] positions,
      int dim,
      List<Double> acceptance,
      List<Double> swapAcceptance,
      long energyEvaluations) {
    this.positions = positions;
    this.dim = dim;
    this.acceptance = List.copyOf(acceptance);
    this.swapAcceptance = List.copyOf(swapAcceptance);
    this.energyEvaluations = energyEvaluations;
  }

  /** Configurations [count, dim], row by row; sample t of chain c is row t·chains + c. A copy. */
  public double[] positions() {
    return positions.clone();
  }

  /** Coordinates of a configuration. */
  public int dim() {
    return dim;
  }

  /** The number of samples. */
  public int count() {
    return positions.length / dim;
  }

  /** The share of proposals accepted, per rung from the coldest, burn-in included. */
  public List<Double> acceptance() {
    return acceptance;
  }

  /** The share of swaps accepted, per pair of neighbours; NaN for a pair never tried. */
  public List<Double> swapAcceptance() {
    return swapAcceptance;
  }

  /**
   * Evaluations of u, one a configuration, the initial states and the burn-in included; u with its
   * gradient counts as one.
   */
  public long energyEvaluations() {
    return energyEvaluations;
  }
}

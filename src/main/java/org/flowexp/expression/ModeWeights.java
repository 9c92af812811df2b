package org.flowexp.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Shares of samples in modes, against the weights that the modes ought to have. */
final class ModeWeights {
  private static final double ROUNDING = 1e-9;

  private ModeWeights() {}

  /** The share of the samples with each label. */
  static Map<Double, Double> shares(double[] labels) {
    Map<Double, Double> shares = new HashMap<>();
    for (double label : labels) {
      shares.merge(label, 1.0 / labels.length, Double::sum);
    }
    return shares;
  }

  /**
   * The weight of each mode that has a sample; empty if they are no weights: samples of one mode
   * differ in it, one is outside [0, 1], or they sum to more than 1.
   */
  static Optional<Map<Double, Double>> exact(double[] labels, double[] weights) {
    Map<Double, Double> exact = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      double weight = weights[i];
      Double known = exact.putIfAbsent(labels[i], weight);
      if (!(weight >= 0 && weight <= 1)
          || (known != null && Math.abs(known - weight) > ROUNDING * weight)) {
        return Optional.empty();
      }
    }
    double total = exact.values().stream().mapToDouble(Double::doubleValue).sum();
    return total <= 1 + ROUNDING ? Optional.of(exact) : Optional.empty();
  }

  /**
   * The measure.
   *
   * @param samples how many there are
   * @param above the weight that a mode has to exceed to be counted
   * @param shares of the samples, by mode
   * @param weights at least of each mode that has a sample and a weight; all together sum to 1
   */
  static double measure(
      ModeMeasure measure,
      int samples,
      double above,
      Map<Double, Double> shares,
      Map<Double, Double> weights) {
    double met = 0;
    double deviation = 0;
    int found = 0;
    for (var mode : shares.entrySet()) {
      double weight = weights.getOrDefault(mode.getKey(), 0.0);
      met += weight;
      deviation += Math.abs(mode.getValue() - weight);
      found += weight > above ? 1 : 0;
    }
    double missed = Math.max(0, 1 - met);
    return switch (measure) {
      case TOTAL_VARIATION -> (deviation + missed) / 2;
      case MODE_KL -> divergence(samples, shares, weights);
      case MISSED_MASS -> missed;
      case MODES_FOUND -> found;
    };
  }

  private static double divergence(
      int samples, Map<Double, Double> shares, Map<Double, Double> weights) {
    double least = 0.5 / samples;
    double sum = 0;
    double known = 0;
    for (var mode : weights.entrySet()) {
      double weight = mode.getValue();
      double share = shares.getOrDefault(mode.getKey(), least);
      sum += weight > 0 ? weight * Math.log(weight / share) : 0;
      known += weight;
    }
    double unknown = 1 - known; // of modes that only their weight is known of, taken as one
    return unknown > ROUNDING ? sum + unknown * Math.log(unknown / least) : sum;
  }
}

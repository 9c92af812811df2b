package org.flowexp.objective;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * Data-free forward KL with the probabilities p_k of a grid as parameters (PHYSICS §2, facts (2)):
 * steps of −∇ of Σ_i coefficient_i · log p_{k_i}, the k_i drawn from p/Σp, ŵ_k = q_k/p_k. Each step
 * adds rate · direction to p.
 */
final class GridDescent {
  static final int POINTS = 20;
  private static final int SAMPLES = 1_024;
  private static final double END = 2.2;

  /** What is done about Σ p_k = 1. */
  enum Form {
    /** −(1/n) Σ ŵ log p: raises each p_k that is met. */
    NAIVE("naive"),
    /** The same gradient less its mean over the grid. */
    PROJECTED("projected"),
    /** −(1/n) Σ (ŵ − 1) log p. */
    CONTROL_VARIATE("control variate −1/n"),
    /** The expectation q_k/p_k less its mean over the grid: no samples. */
    EXACT("exact");

    private final String word;

    Form(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private final double rate;
  private final Form form;
  private final Random random;
  private final double[] q = target();
  private final double[] p;

  GridDescent(Form form, double rate, double total, long seed) {
    this.form = form;
    this.rate = rate;
    this.random = new Random(seed);
    this.p = new double[POINTS];
    Arrays.fill(p, total / POINTS);
  }

  /** ∝ e^{−x⁴/4 + x² − 0.2x}: two wells. */
  static double[] target() {
    double[] q = new double[POINTS];
    for (int k = 0; k < POINTS; k++) {
      double x = -END + 2 * END * k / (POINTS - 1);
      q[k] = Math.exp(-x * x * x * x / 4 + x * x - 0.2 * x);
    }
    double sum = Arrays.stream(q).sum();
    return Arrays.stream(q).map(v -> v / sum).toArray();
  }

  void step() {
    double[] direction = direction();
    for (int k = 0; k < POINTS; k++) {
      p[k] += rate * direction[k];
      if (!(p[k] > 0)) {
        throw new IllegalStateException("p_" + k + " = " + p[k]);
      }
    }
  }

  private double[] direction() {
    return switch (form) {
      case NAIVE -> sampled(k -> q[k] / p[k]);
      case PROJECTED -> centred(sampled(k -> q[k] / p[k]));
      case CONTROL_VARIATE -> sampled(k -> q[k] / p[k] - 1);
      case EXACT -> {
        double[] expected = new double[POINTS];
        Arrays.setAll(expected, k -> q[k] / p[k]);
        yield centred(expected);
      }
    };
  }

  /** (n_k/n) · coefficient_k / p_k. */
  private double[] sampled(IntToDoubleFunction coefficient) {
    double total = total();
    double[] direction = new double[POINTS];
    for (int i = 0; i < SAMPLES; i++) {
      double left = random.nextDouble() * total;
      int k = 0;
      while (k < POINTS - 1 && left >= p[k]) {
        left -= p[k++];
      }
      direction[k] += coefficient.applyAsDouble(k) / (SAMPLES * p[k]);
    }
    return direction;
  }

  private static double[] centred(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> v - mean).toArray();
  }

  double[] probabilities() {
    return p.clone();
  }

  /** Σ p_k. */
  double total() {
    return Arrays.stream(p).sum();
  }

  /** KL(q‖p/Σp). */
  double divergence() {
    double total = total();
    double sum = 0;
    for (int k = 0; k < POINTS; k++) {
      sum += q[k] * Math.log(q[k] * total / p[k]);
    }
    return Math.max(sum, 0);
  }
}

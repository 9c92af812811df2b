package org.flowexp.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.Pairing;
import org.flowexp.statistics.Moments;
import org.flowexp.statistics.ShiftTest;
import org.flowexp.statistics.SignificanceTest;

/**
 * One claim over the seeds that were run: the mean of left − right is below zero (above, for {@code
 * >}). Two samples that share nothing are tested by exchanging labels, all else by exchanging the
 * signs of the differences.
 */
record ClaimTest(Question question, Kind.Claim claim) {
  private static final int MOST_SEEDS = 64;

  /** The smallest p that so many seeds can give. */
  static double smallest(Pairing pairing, int seeds) {
    return switch (pairing) {
      case BY_SEED -> ShiftTest.smallestPaired(seeds);
      case NONE -> ShiftTest.smallestUnpaired(seeds);
    };
  }

  /**
   * The smallest adjusted p of each claim of a sweep, if every test comes out as it can at best.
   */
  static double[] attainable(List<Kind.Claim> claims, int seeds) {
    return SignificanceTest.holm(
        claims.stream().mapToDouble(claim -> smallest(claim.pairing(), seeds)).toArray());
  }

  /** Whether the adjusted p is small enough; a rounding error decides nothing. */
  static boolean passes(double adjusted, Kind.Claim claim) {
    return adjusted <= (1 - claim.confidence()) * (1 + 1e-9);
  }

  /** How many seeds could decide the claim at this place. */
  static Optional<Integer> seedsNeeded(List<Kind.Claim> claims, int place) {
    for (int seeds = 1; seeds <= MOST_SEEDS; seeds++) {
      if (passes(attainable(claims, seeds)[place], claims.get(place))) {
        return Optional.of(seeds);
      }
    }
    return Optional.empty();
  }

  private VerdictModel asked() {
    return question.asked();
  }

  private Formula.Apply condition() {
    return (Formula.Apply) asked().condition();
  }

  private boolean less() {
    return condition().operation() == Operation.LESS
        || condition().operation() == Operation.LESS_OR_EQUAL;
  }

  private double[] side(int number) {
    double[] values = question.values(condition().operands().get(number));
    if (values.length == seeds()) {
      return values;
    }
    double[] same = new double[seeds()];
    Arrays.fill(same, values[0]);
    return same;
  }

  int seeds() {
    return question.arm().seeds().size();
  }

  /** Left less right, seed by seed. */
  private double[] differences() {
    double[] left = side(0);
    double[] right = side(1);
    Arrays.setAll(left, i -> left[i] - right[i]);
    return left;
  }

  /** A value that is not finite is none: it must not help the claim. */
  boolean isComplete() {
    return Arrays.stream(differences()).allMatch(Double::isFinite);
  }

  private ShiftTest test() {
    double sign = less() ? 1 : -1;
    return switch (claim.pairing()) {
      case BY_SEED -> ShiftTest.paired(times(sign, differences()));
      case NONE -> ShiftTest.unpaired(times(sign, side(0)), times(sign, side(1)));
    };
  }

  double p() {
    return test().p();
  }

  Evidence evidence(double adjusted, int claims) {
    ShiftTest test = test();
    double sign = less() ? 1 : -1;
    double alpha = 1 - claim.confidence();
    double low = sign * test.lower(alpha);
    double high = sign * test.upper(alpha);
    double deviation = deviation();
    double effect = sign * test.estimate();
    return new Evidence(
        name(),
        seeds(),
        test.p(),
        adjusted,
        claims,
        effect,
        Math.min(low, high),
        Math.max(low, high),
        deviation > 0 ? effect / deviation : Double.NaN,
        claim.confidence());
  }

  /** Of the differences, or within the two samples. */
  private double deviation() {
    return switch (claim.pairing()) {
      case BY_SEED -> Moments.standardDeviation(differences());
      case NONE -> Math.sqrt((Moments.variance(side(0)) + Moments.variance(side(1))) / 2);
    };
  }

  private String name() {
    String drawn = smallest(claim.pairing(), seeds()) < 1e-6 && seeds() > 12 ? "" : "exact ";
    return switch (claim.pairing()) {
      case BY_SEED -> drawn + "one-sided paired permutation test (signs)";
      case NONE -> drawn + "one-sided unpaired permutation test (labels)";
    };
  }

  private static double[] times(double sign, double[] values) {
    return Arrays.stream(values).map(value -> sign * value).toArray();
  }
}

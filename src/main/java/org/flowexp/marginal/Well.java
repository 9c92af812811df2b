package org.flowexp.marginal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.flowexp.coordinates.Attachment;

/**
 * The surroundings of a minimum over the attached atoms, the others fixed: a density g of the
 * attached atoms about it, and the integral of exp(−u) over them.
 *
 * <p>With K = ∂²u/∂y² at the minimum and H = ∂²u/∂x_H² in Cartesian coordinates, K = Jᵀ H J there,
 * so ½ log det H = ½ log det K − ln Π r² sin θ, and −log ∫ exp(−u) dx_H ≈ u + ½ log det H − (3m/2)
 * log 2π (Laplace's method).
 *
 * <p>g is the product of exp(κ cos 3(τ − τ₀)) of each turning group, within 60° of its place, with
 * κ from K, and of a normal law of the other coordinates given these turns; in Cartesian
 * coordinates over r² sin θ. As the three atoms of a group are alike, g is the mean over their
 * cyclic orders, so that its integral over all of them is 1.
 */
final class Well {
  private static final int POINTS = 512;

  private final Attachment attachment;
  private final List<Attachment.Turn> turns;
  private final double[] y;
  private final RealMatrix covariance;
  private final double logDeterminant;
  private final int[] free;
  private final int[] rest;
  private final RealMatrix precision;
  private final double logPrecision;
  private final RealMatrix response;
  private final double[] kappas;

  /**
   * @param y the minimum [3m]
   * @param curvature K [3m][3m]
   * @throws org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException if K is not positive
   */
  Well(Attachment attachment, List<Attachment.Turn> turns, double[] y, double[][] curvature) {
    this.attachment = attachment;
    this.turns = turns;
    this.y = y.clone();
    RealMatrix k = new Array2DRowRealMatrix(curvature);
    CholeskyDecomposition whole = cholesky(k);
    this.logDeterminant = logDeterminant(whole);
    this.covariance = whole.getSolver().getInverse();
    int offset = 2 * attachment.rows().size();
    this.free = turns.stream().mapToInt(turn -> offset + turn.first()).toArray();
    this.rest =
        IntStream.range(0, y.length)
            .filter(i -> Arrays.stream(free).noneMatch(f -> f == i))
            .toArray();
    this.precision = k.getSubMatrix(rest, rest);
    CholeskyDecomposition others = cholesky(precision);
    this.logPrecision = logDeterminant(others);
    this.response =
        free.length == 0
            ? new Array2DRowRealMatrix(rest.length, 1)
            : others.getSolver().solve(k.getSubMatrix(rest, free)).scalarMultiply(-1);
    this.kappas =
        Arrays.stream(free).mapToDouble(i -> 1 / (9 * covariance.getEntry(i, i))).toArray();
  }

  private static CholeskyDecomposition cholesky(RealMatrix matrix) {
    return new CholeskyDecomposition(matrix, 1e-6, 1e-14);
  }

  private static double logDeterminant(CholeskyDecomposition root) {
    double sum = 0;
    for (int i = 0; i < root.getL().getRowDimension(); i++) {
      sum += 2 * Math.log(root.getL().getEntry(i, i));
    }
    return sum;
  }

  /** ½ log det H of u over Cartesian coordinates in nm. */
  double halfLogDeterminant() {
    return logDeterminant / 2 - attachment.logVolume(y);
  }

  /** The variance of a group's torsion in the harmonic approximation, rad². */
  double variance(int turn) {
    return covariance.getEntry(free[turn], free[turn]);
  }

  /**
   * The coordinates with a group turned by an angle, the others following as far as the harmonic
   * approximation says, with the period of the group's wells.
   */
  double[] turned(int turn, double angle) {
    int i = free[turn];
    double along = Math.sin(3 * angle) / 3;
    double[] there = y.clone();
    for (int j = 0; j < y.length; j++) {
      there[j] += j == i ? angle : covariance.getEntry(j, i) / covariance.getEntry(i, i) * along;
    }
    return there;
  }

  /** ln g of the attached atoms of a configuration [3N], per nm³ᵐ; −∞ where g is 0. */
  double logDensity(double[] x) {
    List<double[]> orders = List.of(attachment.measured(x));
    double logVolume = attachment.logVolume(orders.get(0));
    for (int turn = 0; turn < turns.size(); turn++) {
      orders = orders(x, turn, orders);
    }
    double sum = 0;
    double top = Double.NEGATIVE_INFINITY;
    double[] logs = orders.stream().mapToDouble(this::logOfOne).toArray();
    for (double log : logs) {
      top = Math.max(top, log);
    }
    for (double log : logs) {
      sum += top == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log - top);
    }
    return top + Math.log(sum) - turns.size() * Math.log(3) - logVolume;
  }

  /** Those cyclic orders of a group's atoms in which its torsion is within 60° of its place. */
  private List<double[]> orders(double[] x, int turn, List<double[]> before) {
    Attachment.Turn group = turns.get(turn);
    int m = attachment.rows().size();
    int[] places = {group.first(), group.second(), group.third()};
    List<double[]> all = new ArrayList<>();
    double[] ordered = x.clone();
    for (int order = 0; order < 3; order++) {
      double[] own = attachment.measured(ordered, places);
      double off = Math.IEEEremainder(own[6] - y[free[turn]], 2 * Math.PI);
      if (Math.abs(off) < Math.PI / 3) {
        for (double[] other : before) {
          double[] mixed = other.clone();
          for (int i = 0; i < 3; i++) {
            mixed[places[i]] = own[i];
            mixed[m + places[i]] = own[3 + i];
            mixed[2 * m + places[i]] = own[6 + i];
          }
          all.add(mixed);
        }
      }
      ordered = cycled(ordered, places);
    }
    return all;
  }

  private double[] cycled(double[] x, int[] places) {
    double[] cycled = x.clone();
    for (int i = 0; i < 3; i++) {
      int from = 3 * attachment.rows().get(places[(i + 1) % 3]).atom();
      System.arraycopy(x, from, cycled, 3 * attachment.rows().get(places[i]).atom(), 3);
    }
    return cycled;
  }

  /** ln of the density at y of the order in which all torsions are near their places. */
  private double logOfOne(double[] there) {
    double[] off = new double[there.length];
    int angles = 2 * attachment.rows().size();
    for (int i = 0; i < off.length; i++) {
      off[i] = there[i] - y[i];
      off[i] = i < angles ? off[i] : Math.IEEEremainder(off[i], 2 * Math.PI);
    }
    RealVector others = new ArrayRealVector(Arrays.stream(rest).mapToDouble(i -> off[i]).toArray());
    double log = 0;
    for (int t = 0; t < free.length; t++) {
      double turn = off[free[t]];
      log += kappas[t] * (Math.cos(3 * turn) - 1) - logMass(kappas[t]);
      others = others.subtract(response.getColumnVector(t).mapMultiply(Math.sin(3 * turn) / 3));
    }
    double square = others.dotProduct(precision.operate(others));
    return log + (logPrecision - rest.length * Math.log(2 * Math.PI) - square) / 2;
  }

  /** ln of ∫ exp(κ (cos 3τ − 1)) dτ over 120°, by the trapezoidal rule, exact for a period. */
  private static double logMass(double kappa) {
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      sum += Math.exp(kappa * (Math.cos(2 * Math.PI * i / POINTS) - 1));
    }
    return Math.log(2 * Math.PI / 3 * sum / POINTS);
  }
}

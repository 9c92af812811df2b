package org.flowexp.flow;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A fixed affine map taken from data: x = mean + A z, so that the latent of the data has unit
 * covariance.
 */
public final class Whitening implements Bijection {
  private final double[] mean;
  private final double[][] transposed;
  private final double[][] inverseTransposed;
  private final double logDet;

  /** How A, with A Aᵀ the covariance, is chosen. */
  public enum Factor {
    /** Principal axes: A = V Λ^½, eigenvalues ascending. */
    PRINCIPAL,
    /** Lower triangular. */
    CHOLESKY
  }

  /**
   * A given map.
   *
   * @param mean [dim]
   * @param matrix A [dim, dim]
   * @throws IllegalArgumentException if A is singular
   */
  public Whitening(double[] mean, double[][] matrix) {
    RealMatrix a = new Array2DRowRealMatrix(matrix, true);
    if (a.getRowDimension() != mean.length || a.getColumnDimension() != mean.length) {
      throw new IllegalArgumentException("a matrix that does not fit the mean");
    }
    LUDecomposition factors = new LUDecomposition(a, 0);
    if (!factors.getSolver().isNonSingular()) {
      throw new IllegalArgumentException("a singular matrix");
    }
    this.mean = mean.clone();
    this.transposed = a.transpose().getData();
    this.inverseTransposed = factors.getSolver().getInverse().transpose().getData();
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += Math.log(Math.abs(factors.getU().getEntry(i, i)));
    }
    this.logDet = sum;
  }

  /**
   * Estimates mean and covariance.
   *
   * @param rows data [n, dim]
   * @throws DegenerateData if there are not more rows than coordinates, or if the covariance has a
   *     direction narrower than 1e-9 of its widest: a flat or constrained degree of freedom has to
   *     be removed, not scaled up
   */
  public static Whitening of(double[][] rows, Factor factor) {
    if (rows.length == 0 || rows.length <= rows[0].length) {
      throw new DegenerateData(
          rows.length == 0
              ? "there are none"
              : rows.length
                  + " samples of "
                  + rows[0].length
                  + " coordinates leave some direction open; more samples than coordinates decide");
    }
    RealMatrix covariance = new Covariance(rows).getCovarianceMatrix();
    EigenDecomposition eigen = new EigenDecomposition(covariance);
    double[] values = eigen.getRealEigenvalues();
    double widest = Arrays.stream(values).max().orElseThrow();
    double narrowest = Arrays.stream(values).min().orElseThrow();
    if (!(narrowest > 1e-18 * widest)) {
      throw new DegenerateData(motionless(covariance) + " does not move in them");
    }
    RealMatrix a =
        switch (factor) {
          case CHOLESKY -> new CholeskyDecomposition(covariance, 1e-9, 0).getL();
          case PRINCIPAL ->
              eigen
                  .getV()
                  .multiply(
                      MatrixUtils.createRealDiagonalMatrix(
                          Arrays.stream(values).map(Math::sqrt).toArray()));
        };
    return new Whitening(columnMeans(rows), a.getData());
  }

  @Override
  public int dim() {
    return mean.length;
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    var builder = parameters.builder();
    var tf = builder.tf();
    return new Mapped(
        tf.math.add(tf.linalg.matMul(z, builder.constant(transposed)), builder.constant(mean)),
        Constants.perRow(builder, z, logDet));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    var builder = parameters.builder();
    var tf = builder.tf();
    return new Mapped(
        tf.linalg.matMul(
            tf.math.sub(x, builder.constant(mean)), builder.constant(inverseTransposed)),
        Constants.perRow(builder, x, -logDet));
  }

  /** A coordinate, where one alone is the reason. */
  private static String motionless(RealMatrix covariance) {
    return IntStream.range(0, covariance.getRowDimension())
        .filter(i -> covariance.getEntry(i, i) == 0)
        .mapToObj(i -> "coordinate " + i)
        .findFirst()
        .orElse("some direction of their coordinates");
  }

  private static double[] columnMeans(double[][] rows) {
    double[] sums = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += row[i];
      }
    }
    return Arrays.stream(sums).map(sum -> sum / rows.length).toArray();
  }
}

package org.flowexp.system;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.flowexp.expression.Matrix;
import org.flowexp.random.Seeds;

/** An orthogonal matrix R of each dimension; s = R x. */
@FunctionalInterface
public interface Rotation extends IntFunction<Matrix> {

  /**
   * Uniform over the orthogonal group: the rows of a matrix of normal numbers made orthonormal one
   * after the other, which is the QR decomposition with a positive diagonal (Mezzadri, Notices of
   * the AMS 54, 592 (2007)).
   */
  static Rotation random(long seed) {
    return dim -> {
      var generator = Seeds.generator(seed, "rotation", 0);
      double[][] rows =
          IntStream.range(0, dim)
              .mapToObj(i -> IntStream.range(0, dim).mapToDouble(j -> generator.nextGaussian()))
              .map(row -> row.toArray())
              .toArray(double[][]::new);
      for (int i = 0; i < dim; i++) {
        // twice: once leaves a remainder where the rows are nearly parallel
        subtractEarlier(rows, i);
        subtractEarlier(rows, i);
        double norm = Math.sqrt(product(rows[i], rows[i]));
        for (int k = 0; k < dim; k++) {
          rows[i][k] /= norm;
        }
      }
      return new Matrix(rows, "random_rotation(" + seed + ", " + dim + ")");
    };
  }

  private static void subtractEarlier(double[][] rows, int i) {
    for (int j = 0; j < i; j++) {
      double overlap = product(rows[i], rows[j]);
      for (int k = 0; k < rows.length; k++) {
        rows[i][k] -= overlap * rows[j][k];
      }
    }
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
  }
}

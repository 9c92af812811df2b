package org.flowexp.laws;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.flowexp.laws.Bench.Direction;
import org.flowexp.laws.Bench.Image;
import org.flowexp.random.Seeds;

/** By how much a bijection breaks each law; NaN counts as infinitely much. */
final class Laws {
  private static final double STEP = 1e-5;

  private Laws() {}

  static double[][] arguments(Layer layer, int dim, long seed, int rows) {
    var generator = Seeds.generator(seed, "law arguments", 0);
    double[][] answer = new double[rows][dim];
    for (double[] row : answer) {
      Arrays.setAll(row, i -> generator.nextDouble(-layer.spread(), layer.spread()));
    }
    return answer;
  }

  /** Largest |G⁻¹(G(z)) − z| and |G(G⁻¹(x)) − x|. */
  static double roundTrip(Bench bench, double[] theta, double[][] z) {
    double[][] x = bench.map(Direction.FORWARD, theta, z).values();
    double[][] zAgain = bench.map(Direction.INVERSE, theta, x).values();
    double[][] latents = bench.map(Direction.INVERSE, theta, z).values();
    double[][] xAgain = bench.map(Direction.FORWARD, theta, latents).values();
    return Math.max(distance(z, zAgain), distance(z, xAgain));
  }

  /** Largest |log-det of G at z + log-det of G⁻¹ at G(z)|. */
  static double logDetsCancel(Bench bench, double[] theta, double[][] z) {
    Image image = bench.map(Direction.FORWARD, theta, z);
    double[] back = bench.map(Direction.INVERSE, theta, image.values()).logDets();
    return largest(
        IntStream.range(0, z.length).mapToDouble(i -> image.logDets()[i] + back[i]).toArray());
  }

  /** Largest |log-det − log|det J||, J by automatic differentiation, both directions. */
  static double logDetIsAutodiffs(Bench bench, double[] theta, double[][] rows) {
    double worst = 0;
    for (Direction direction : Direction.values()) {
      double[] claimed = bench.map(direction, theta, rows).logDets();
      double[][][] jacobians = bench.jacobians(direction, theta, rows);
      worst = worse(worst, difference(claimed, jacobians));
    }
    return worst;
  }

  /** Largest |log-det − log|det J||, J by central differences, both directions. */
  static double logDetIsDifferences(Bench bench, double[] theta, double[][] rows) {
    double worst = 0;
    for (Direction direction : Direction.values()) {
      double[] claimed = bench.map(direction, theta, rows).logDets();
      double[][][] jacobians = new double[rows.length][bench.dim()][bench.dim()];
      for (int input = 0; input < bench.dim(); input++) {
        double[][] above = bench.map(direction, theta, moved(rows, input, STEP)).values();
        double[][] under = bench.map(direction, theta, moved(rows, input, -STEP)).values();
        for (int row = 0; row < rows.length; row++) {
          for (int output = 0; output < bench.dim(); output++) {
            jacobians[row][output][input] = (above[row][output] - under[row][output]) / (2 * STEP);
          }
        }
      }
      worst = worse(worst, difference(claimed, jacobians));
    }
    return worst;
  }

  /** Largest change of a row's image when it is mapped alone. */
  static double rowsAreIndependent(Bench bench, double[] theta, double[][] rows) {
    double worst = 0;
    for (Direction direction : Direction.values()) {
      Image together = bench.map(direction, theta, rows);
      for (int i = 0; i < rows.length; i++) {
        Image alone = bench.map(direction, theta, new double[][] {rows[i]});
        worst = worse(worst, distance(new double[][] {together.values()[i]}, alone.values()));
        worst = worse(worst, Math.abs(together.logDets()[i] - alone.logDets()[0]));
      }
    }
    return worst;
  }

  /** Largest |G(z) − z| or |log-det| at start values. */
  static double isIdentity(Bench bench, double[] theta, double[][] rows) {
    double worst = 0;
    for (Direction direction : Direction.values()) {
      Image image = bench.map(direction, theta, rows);
      worst = worse(worst, distance(rows, image.values()));
      worst = worse(worst, largest(image.logDets()));
    }
    return worst;
  }

  /** How many parameters feel nothing, in the worse direction. */
  static long unreached(Bench bench, double[] theta, double[][] rows) {
    long worst = 0;
    for (Direction direction : Direction.values()) {
      double[] felt = bench.sensitivity(direction, theta, rows);
      worst =
          Math.max(
              worst,
              IntStream.range(0, bench.size())
                  .filter(i -> felt[i] == 0 || !Double.isFinite(felt[i]))
                  .count());
    }
    return worst;
  }

  private static double difference(double[] claimed, double[][][] jacobians) {
    return largest(
        IntStream.range(0, claimed.length)
            .mapToDouble(
                i ->
                    claimed[i]
                        - Math.log(
                            Math.abs(
                                new LUDecomposition(new Array2DRowRealMatrix(jacobians[i]), 0)
                                    .getDeterminant())))
            .toArray());
  }

  private static double[][] moved(double[][] rows, int coordinate, double by) {
    double[][] moved = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      moved[i] = rows[i].clone();
      moved[i][coordinate] += by;
    }
    return moved;
  }

  static double distance(double[][] one, double[][] other) {
    double worst = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[i].length; j++) {
        worst = worse(worst, Math.abs(one[i][j] - other[i][j]));
      }
    }
    return worst;
  }

  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).reduce(0, Laws::worse);
  }

  private static double worse(double one, double other) {
    return Double.isNaN(one) || Double.isNaN(other)
        ? Double.POSITIVE_INFINITY
        : Math.max(one, other);
  }
}

package org.flowexp.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.flowexp.geometry.Dihedrals;
import org.flowexp.molecule.CorrectionMap;
import org.flowexp.molecule.CrossTerm;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Quadruple;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Correction maps interpolated by bicubic patches whose derivatives at the nodes are those of
 * periodic cubic splines along rows and columns (MacKerell et al. 2004; Numerical Recipes §3.6).
 */
record CorrectionSurface(ForceField field) {
  /** (f₀, f₁, f₀′, f₁′) to the coefficients of 1, u, u², u³ on the unit interval. */
  private static final RealMatrix HERMITE =
      new Array2DRowRealMatrix(
          new double[][] {{1, 0, 0, 0}, {0, 0, 1, 0}, {-3, 3, -2, -1}, {2, -2, 1, 1}});

  /** All first angles, then all second ones. */
  List<Quadruple> quadruples() {
    return Stream.concat(
            field.crossTerms().stream().map(CrossTerm::first),
            field.crossTerms().stream().map(CrossTerm::second))
        .toList();
  }

  /**
   * The sum of all maps [batch].
   *
   * @param angles of {@link #quadruples}
   */
  Operand<TFloating> energy(GraphBuilder g, Dihedrals angles) {
    var tf = g.tf();
    int n = field.crossTerms().size();
    double[] origins = new double[2 * n];
    List<Operand<TFloating>> both = g.split(0, angles.from(g, origins), n, n);
    Cell rows = new Cell(g, both.get(0), sizes());
    Cell columns = new Cell(g, both.get(1), sizes());
    Operand<TInt32> patch =
        tf.math.add(
            tf.math.add(tf.math.mul(rows.index(), integers(g, sizes())), columns.index()),
            integers(g, offsets()));
    Operand<TFloating> coefficients = tf.gather(g.constant(table()), patch, tf.constant(0));
    Operand<TFloating> basis =
        tf.math.mul(
            tf.expandDims(rows.powers(), tf.constant(3)),
            tf.expandDims(columns.powers(), tf.constant(2)));
    Operand<TFloating> form = tf.reshape(coefficients, tf.shape(basis));
    return g.sum(tf.math.mul(form, basis), 0, 2, 3);
  }

  /** Where an angle lies on an axis of the grid. */
  private record Cell(Operand<TInt32> index, Operand<TFloating> powers) {
    Cell(GraphBuilder g, Operand<TFloating> angle, int[] sizes) {
      this(
          // An angle that is not a number lies in some cell, so that its row alone is lost.
          g.tf()
              .math
              .maximum(
                  g.tf()
                      .math
                      .minimum(
                          g.tf()
                              .dtypes
                              .cast(g.tf().math.floor(steps(g, angle, sizes)), TInt32.class),
                          integers(g, minus(sizes, 1))),
                  g.tf().constant(0)),
          angle,
          g,
          sizes);
    }

    private Cell(Operand<TInt32> index, Operand<TFloating> angle, GraphBuilder g, int[] sizes) {
      this(index, powers(g, steps(g, angle, sizes), index));
    }

    private static Operand<TFloating> steps(GraphBuilder g, Operand<TFloating> angle, int[] sizes) {
      double[] perRadian = new double[sizes.length];
      for (int i = 0; i < sizes.length; i++) {
        perRadian[i] = sizes[i] / (2 * Math.PI);
      }
      return g.tf()
          .math
          .mul(g.tf().math.add(angle, g.constant(Math.PI)), g.constant(perRadian, sizes.length, 1));
    }

    private static Operand<TFloating> powers(
        GraphBuilder g, Operand<TFloating> steps, Operand<TInt32> index) {
      var tf = g.tf();
      Operand<TFloating> u = tf.math.sub(steps, tf.dtypes.cast(index, g.precision().type()));
      Operand<TFloating> square = tf.math.square(u);
      return tf.stack(
          List.of(tf.fill(tf.shape(u), g.constant(1)), u, square, tf.math.mul(square, u)),
          Stack.axis(2L));
    }
  }

  private int[] sizes() {
    return field.crossTerms().stream().mapToInt(term -> map(term).size()).toArray();
  }

  private CorrectionMap map(CrossTerm term) {
    return field.maps().get(term.map());
  }

  private int[] offsets() {
    return field.crossTerms().stream()
        .mapToInt(
            term ->
                field.maps().subList(0, term.map()).stream()
                    .mapToInt(map -> map.size() * map.size())
                    .sum())
        .toArray();
  }

  private static int[] minus(int[] values, int less) {
    return Arrays.stream(values).map(value -> value - less).toArray();
  }

  private static Operand<TInt32> integers(GraphBuilder g, int[] values) {
    return g.tf().reshape(g.tf().constant(values), g.tf().array(values.length, 1));
  }

  /** The sixteen coefficients of each patch of each map, patches by row. */
  private double[][] table() {
    List<double[]> patches = new ArrayList<>();
    field.maps().forEach(map -> patches.addAll(patches(map)));
    return patches.toArray(double[][]::new);
  }

  private static List<double[]> patches(CorrectionMap map) {
    int n = map.size();
    RealMatrix energy = new Array2DRowRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        energy.setEntry(i, j, map.energy().get(i).get(j));
      }
    }
    RealMatrix slopes = splineSlopes(n);
    RealMatrix alongRows = slopes.multiply(energy);
    RealMatrix alongColumns = energy.multiply(slopes.transpose());
    RealMatrix mixed = slopes.multiply(alongColumns);
    List<double[]> patches = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double[][] corner = new double[4][4];
        for (int p = 0; p < 2; p++) {
          for (int q = 0; q < 2; q++) {
            int row = (i + p) % n;
            int column = (j + q) % n;
            corner[p][q] = energy.getEntry(row, column);
            corner[p + 2][q] = alongRows.getEntry(row, column);
            corner[p][q + 2] = alongColumns.getEntry(row, column);
            corner[p + 2][q + 2] = mixed.getEntry(row, column);
          }
        }
        RealMatrix coefficients =
            HERMITE.multiply(new Array2DRowRealMatrix(corner)).multiply(HERMITE.transpose());
        double[] flat = new double[16];
        for (int k = 0; k < 16; k++) {
          flat[k] = coefficients.getEntry(k / 4, k % 4);
        }
        patches.add(flat);
      }
    }
    return patches;
  }

  /** The matrix from values to slopes, per step, of the periodic cubic spline through n values. */
  private static RealMatrix splineSlopes(int n) {
    RealMatrix left = new Array2DRowRealMatrix(n, n);
    RealMatrix right = new Array2DRowRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      left.addToEntry(i, i, 4);
      left.addToEntry(i, (i + 1) % n, 1);
      left.addToEntry(i, (i + n - 1) % n, 1);
      right.addToEntry(i, (i + 1) % n, 3);
      right.addToEntry(i, (i + n - 1) % n, -3);
    }
    return new LUDecomposition(left).getSolver().solve(right);
  }
}

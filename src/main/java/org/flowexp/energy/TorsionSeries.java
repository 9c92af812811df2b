package org.flowexp.energy;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.geometry.Dihedrals;
import org.flowexp.molecule.Quadruple;
import org.flowexp.molecule.Torsion;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Σ k (1 + cos(n φ − δ)) over the torsions of each dihedral, as P(c) + s Q(c) with c = cos φ, s =
 * sin φ: cos n φ = T_n(c), sin n φ = s U_{n−1}(c), Chebyshev's polynomials. No angle is needed.
 */
final class TorsionSeries {
  private final List<Quadruple> quadruples;
  private final double[][] even;
  private final double[][] odd;

  TorsionSeries(List<Torsion> torsions) {
    quadruples = torsions.stream().map(Torsion::atoms).distinct().toList();
    int degree = torsions.stream().mapToInt(Torsion::periodicity).max().orElse(0);
    even = new double[degree + 1][quadruples.size()];
    odd = new double[degree + 1][quadruples.size()];
    List<double[]> first = chebyshev(degree, 1);
    List<double[]> second = chebyshev(degree, 2);
    for (Torsion torsion : torsions) {
      int q = quadruples.indexOf(torsion.atoms());
      int n = torsion.periodicity();
      double k = torsion.stiffness();
      even[0][q] += k;
      for (int power = 0; power <= n; power++) {
        even[power][q] += k * Math.cos(torsion.phase()) * first.get(n)[power];
        odd[power][q] += k * sine(torsion.phase()) * second.get(n - 1)[power];
      }
    }
  }

  List<Quadruple> quadruples() {
    return quadruples;
  }

  Operand<TFloating> energy(GraphBuilder g, Dihedrals angles) {
    var tf = g.tf();
    Operand<TFloating> energy = horner(g, even, angles.cosine());
    if (hasOdd()) {
      energy = tf.math.add(energy, tf.math.mul(angles.sine(), horner(g, odd, angles.cosine())));
    }
    return g.sum(energy, 0);
  }

  private boolean hasOdd() {
    for (double[] row : odd) {
      for (double value : row) {
        if (value != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** sin π is 1.2e-16 in binary numbers; phases of 0 and π are meant exactly. */
  private static double sine(double phase) {
    double sine = Math.sin(phase);
    return Math.abs(sine) < 1e-9 ? 0 : sine;
  }

  /** Coefficients by power of T_n (kind 1) or U_n (kind 2), n = 0 … degree. */
  private static List<double[]> chebyshev(int degree, int kind) {
    List<double[]> all = new ArrayList<>();
    for (int n = 0; n <= degree; n++) {
      double[] c = new double[degree + 2];
      if (n == 0) {
        c[0] = 1;
      } else if (n == 1) {
        c[1] = kind;
      } else {
        for (int power = 0; power <= n; power++) {
          c[power] = (power > 0 ? 2 * all.get(n - 1)[power - 1] : 0) - all.get(n - 2)[power];
        }
      }
      all.add(c);
    }
    return all;
  }

  private static Operand<TFloating> horner(
      GraphBuilder g, double[][] coefficients, Operand<TFloating> c) {
    var tf = g.tf();
    int top = coefficients.length - 1;
    Operand<TFloating> value =
        tf.math.mul(g.constant(coefficients[top], coefficients[top].length, 1), c);
    for (int power = top - 1; power > 0; power--) {
      value =
          tf.math.mul(
              tf.math.add(value, g.constant(coefficients[power], coefficients[power].length, 1)),
              c);
    }
    return tf.math.add(value, g.constant(coefficients[0], coefficients[0].length, 1));
  }
}

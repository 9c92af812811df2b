package org.flowexp.marginal;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.flowexp.coordinates.Attachment;
import org.flowexp.coordinates.InternalLayout;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.molecule.Compound;
import org.flowexp.tensor.SessionOptions;

/**
 * How likely configurations become if the hydrogens are not integrated out but put to the minimum
 * of their energy. Of a configuration x = (x_C, x_H) drawn from exp(−u),
 *
 * <pre>  w = exp(u(x) − v(x_C)) g(x_H | x_C)</pre>
 *
 * is the weight of x_C under exp(−v), for any density g of hydrogens that is 0 where exp(−u) is:
 * E[f w] = ∫ f exp(−v) dx_C / Z exactly, since g integrates to 1. v is u_C(x_C) = min over x_H of
 * u, or with the harmonic correction, or with the turns of methyl groups by quadrature (PHYSICS
 * §4).
 */
public final class IgnoredHydrogens implements AutoCloseable {
  private static final int AT_ONCE = 200;
  private static final int ANGLES = 12;

  /** Of a coordinate's scale: the step of the central differences. */
  private static final double STEP = 1e-3;

  private final Attached energy;
  private final List<Attachment.Turn> turns;
  private final Relaxation relaxation;

  /**
   * @param target of all atoms
   * @param compound with a reference
   * @throws IllegalArgumentException if its hydrogens cannot be attached; the message says why
   */
  public IgnoredHydrogens(ReducedEnergy target, Compound compound, SessionOptions options) {
    Attachment attachment = Attachment.ofHydrogens(compound);
    this.turns = attachment.turns(InternalLayout.of(compound));
    this.energy = new Attached(target, attachment, options);
    this.relaxation = new Relaxation(energy, turns);
  }

  /**
   * Of one configuration.
   *
   * @param u of all atoms, kT
   * @param minimum u_C, kT
   * @param logMinimum ln w under u_C
   * @param logHarmonic ln w under u_C + ½ log det H
   * @param logTurned the same with the methyl groups' angles by quadrature
   * @param halfLogDeterminant ½ log det H, nm
   * @param wells of each methyl group: its integral over that of one harmonic well
   * @param spread of the energies that descents ended at, kT
   */
  public record Weight(
      double u,
      double minimum,
      double logMinimum,
      double logHarmonic,
      double logTurned,
      double halfLogDeterminant,
      List<Double> wells,
      double spread) {
    /** Copies the wells. */
    public Weight {
      wells = List.copyOf(wells);
    }

    /** Of a configuration whose hydrogens have no minimum. */
    static Weight none() {
      double nothing = Double.NEGATIVE_INFINITY;
      double unknown = Double.NaN;
      return new Weight(unknown, unknown, nothing, nothing, nothing, unknown, List.of(), unknown);
    }

    /** Whether a minimum was found. */
    public boolean exists() {
      return !Double.isNaN(halfLogDeterminant);
    }
  }

  /** The weights of configurations [n][3N], in this order. */
  public List<Weight> of(List<double[]> configurations) {
    List<Weight> weights = new ArrayList<>();
    for (int from = 0; from < configurations.size(); from += AT_ONCE) {
      List<double[]> some =
          configurations.subList(from, Math.min(configurations.size(), from + AT_ONCE));
      List<Relaxation.Minimum> minima = relaxation.of(some);
      for (int i = 0; i < some.size(); i++) {
        weights.add(weight(some.get(i), minima.get(i)));
      }
    }
    return weights;
  }

  private Weight weight(double[] x, Relaxation.Minimum minimum) {
    if (!minimum.arrived()) {
      return Weight.none();
    }
    Well well;
    try {
      well = new Well(energy.attachment(), turns, minimum.y(), curvature(x, minimum.y()));
    } catch (NonPositiveDefiniteMatrixException saddle) {
      return Weight.none();
    }
    double u = energy.energies(x, energy.attachment().measured(x))[0];
    double log = u - minimum.u() + well.logDensity(x);
    double half = well.halfLogDeterminant();
    List<Double> wells = wells(x, minimum, well);
    double turned = wells.stream().mapToDouble(Math::log).sum();
    return new Weight(
        u, minimum.u(), log, log - half, log - half + turned, half, wells, minimum.spread());
  }

  /** K by central differences of the slopes, symmetric. */
  private double[][] curvature(double[] x, double[] y) {
    int dim = y.length;
    double[] scales = energy.attachment().scales(turns);
    double[] moved = Attached.repeated(y, 2 * dim);
    for (int i = 0; i < dim; i++) {
      moved[2 * i * dim + i] += STEP * scales[i];
      moved[(2 * i + 1) * dim + i] -= STEP * scales[i];
    }
    double[] slopes = energy.slopes(Attached.repeated(x, 2 * dim), moved).gradient();
    double[][] k = new double[dim][dim];
    for (int i = 0; i < dim; i++) {
      for (int j = 0; j < dim; j++) {
        double slope =
            (slopes[2 * i * dim + j] - slopes[(2 * i + 1) * dim + j]) / (2 * STEP * scales[i]);
        k[i][j] += slope / 2;
        k[j][i] += slope / 2;
      }
    }
    return k;
  }

  private List<Double> wells(double[] x, Relaxation.Minimum minimum, Well well) {
    int dim = minimum.y().length;
    double[] y = new double[turns.size() * ANGLES * dim];
    for (int turn = 0; turn < turns.size(); turn++) {
      for (int i = 0; i < ANGLES; i++) {
        double angle = 2 * Math.PI / 3 * i / ANGLES;
        System.arraycopy(well.turned(turn, angle), 0, y, (turn * ANGLES + i) * dim, dim);
      }
    }
    double[] u = energy.energies(Attached.repeated(x, turns.size() * ANGLES), y);
    List<Double> wells = new ArrayList<>();
    for (int turn = 0; turn < turns.size(); turn++) {
      double sum = 0;
      for (int i = 0; i < ANGLES; i++) {
        sum += Math.exp(minimum.u() - u[turn * ANGLES + i]);
      }
      // over all three wells: 3 times the integral over 120 degrees
      wells.add(2 * Math.PI * sum / ANGLES / Math.sqrt(2 * Math.PI * well.variance(turn)));
    }
    return wells;
  }

  /** Evaluations of u so far, with or without its gradient. */
  public long energyEvaluations() {
    return energy.evaluations();
  }

  @Override
  public void close() {
    energy.close();
  }
}

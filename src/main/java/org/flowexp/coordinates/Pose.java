package org.flowexp.coordinates;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;

/**
 * The law of a molecule's position and orientation under an alignment penalty k_t |c|² + k_r max(0,
 * cos θ_max − cos θ)², which is independent of its shape: c is normal, the frame's rotation has
 * Haar's measure times the Boltzmann factor.
 *
 * @param frame the three atoms of the frame
 * @param centre the atoms whose mean is c
 * @param translation k_t/kT, 1/nm²
 * @param rotation k_r/kT
 * @param maxRotation θ_max, rad
 */
public record Pose(
    List<Integer> frame,
    List<Integer> centre,
    double translation,
    double rotation,
    double maxRotation) {
  private static final int POINTS = 32;
  private static final int EVALUATIONS = 1_000_000;

  /** Copies the atoms. */
  public Pose {
    frame = List.copyOf(frame);
    centre = List.copyOf(centre);
    if (frame.size() != 3 || centre.isEmpty() || !(translation > 0) || !(rotation > 0)) {
      throw new IllegalArgumentException("no pose: " + frame + ", " + centre);
    }
  }

  /**
   * The same shape in a new pose, drawn exactly from its law whatever pose it had.
   *
   * @param x positions [3N], nm
   */
  public double[] redrawn(double[] x, SplittableRandom random) {
    double[] away = meanOf(x);
    double sd = Math.sqrt(0.5 / translation);
    double[] towards = new double[3];
    Arrays.setAll(towards, axis -> sd * random.nextGaussian());
    Rotation turn = drawnRotation(random).applyTo(frameOf(x).revert());
    double[] moved = new double[x.length];
    double[] in = new double[3];
    double[] out = new double[3];
    for (int i = 0; i < x.length; i += 3) {
      for (int axis = 0; axis < 3; axis++) {
        in[axis] = x[i + axis] - away[axis];
      }
      turn.applyTo(in, out);
      for (int axis = 0; axis < 3; axis++) {
        moved[i + axis] = out[axis] + towards[axis];
      }
    }
    return moved;
  }

  /**
   * The logarithm of the integral over position (nm³) and orientation (8π² without a penalty): log
   * Z of Cartesian coordinates is log Z of shapes and this, (3/2) log(π kT/k_t) + log(8π² Z_R), Z_R
   * the mean Boltzmann factor over Haar's angle density (1 − cos θ)/π.
   */
  public double logVolume() {
    IterativeLegendreGaussIntegrator integrator =
        new IterativeLegendreGaussIntegrator(POINTS, 1e-12, 1e-12);
    // The penalty has a kink in its second derivative at θ_max.
    double within = haar(maxRotation);
    double beyond =
        integrator.integrate(
            EVALUATIONS,
            angle -> (1 - Math.cos(angle)) / Math.PI * Math.exp(-penalty(Math.cos(angle))),
            maxRotation,
            Math.PI);
    return 1.5 * Math.log(Math.PI / translation)
        + Math.log(8 * Math.PI * Math.PI * (within + beyond));
  }

  /** Haar's probability of an angle up to this one. */
  private static double haar(double angle) {
    return (angle - Math.sin(angle)) / Math.PI;
  }

  private double penalty(double cosine) {
    double excess = Math.max(0, Math.cos(maxRotation) - cosine);
    return rotation * excess * excess;
  }

  /** A normalised normal quaternion is Haar's; cos θ = 2 q₀² − 1; accepted by its weight. */
  private Rotation drawnRotation(SplittableRandom random) {
    while (true) {
      double[] q = new double[4];
      Arrays.setAll(q, i -> random.nextGaussian());
      double square = Arrays.stream(q).map(c -> c * c).sum();
      double cosine = 2 * q[0] * q[0] / square - 1;
      if (random.nextDouble() < Math.exp(-penalty(cosine))) {
        return new Rotation(q[0], q[1], q[2], q[3], true);
      }
    }
  }

  private double[] meanOf(double[] x) {
    double[] mean = new double[3];
    for (int atom : centre) {
      for (int axis = 0; axis < 3; axis++) {
        mean[axis] += x[3 * atom + axis] / centre.size();
      }
    }
    return mean;
  }

  /** The rotation from the axes of space to the frame: e₁ towards b, e₂ towards c across e₁. */
  private Rotation frameOf(double[] x) {
    Geometry geometry = new Geometry(x);
    Vector3D a = geometry.position(frame.get(0));
    Vector3D first = geometry.position(frame.get(1)).subtract(a).normalize();
    Vector3D arm = geometry.position(frame.get(2)).subtract(a);
    Vector3D second = arm.subtract(first.scalarMultiply(arm.dotProduct(first))).normalize();
    return new Rotation(Vector3D.PLUS_I, Vector3D.PLUS_J, first, second);
  }
}

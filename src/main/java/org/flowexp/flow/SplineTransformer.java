package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Monotonic rational-quadratic splines: Durkan, Bekasov, Murray, Papamakarios, "Neural Spline
 * Flows" (2019), §3.1 and appendix A. Box [low, high] on both sides; all-zero numbers give the
 * identity.
 *
 * @param bins K, at least 2
 * @param low lower end of the box
 * @param high upper end of the box
 * @param tails what happens at the ends
 * @param minWidth smallest width of a bin as a share of the box, below 1/K
 * @param minHeight smallest height of a bin as a share of the box, below 1/K
 * @param minDerivative smallest derivative at a knot, below 1
 */
public record SplineTransformer(
    int bins,
    double low,
    double high,
    Tails tails,
    double minWidth,
    double minHeight,
    double minDerivative)
    implements Transformer {

  /** The ends of the box. */
  public enum Tails {
    /** The identity outside, derivative 1 at the ends. */
    LINEAR,
    /**
     * The ends are one point of a circle and share a free derivative; the box is a turn, and whole
     * turns are carried over from the argument to the image.
     */
    CIRCULAR
  }

  /** Checks the ranges. */
  public SplineTransformer {
    if (bins < 2
        || !(low < high)
        || !(minWidth > 0 && minWidth * bins < 1)
        || !(minHeight > 0 && minHeight * bins < 1)
        || !(minDerivative > 0 && minDerivative < 1)) {
      throw new IllegalArgumentException(
          "no spline with %d bins on [%s, %s], minima %s, %s, %s"
              .formatted(bins, low, high, minWidth, minHeight, minDerivative));
    }
  }

  /** Linear tails on [−bound, bound] with the paper's minima 1e-3. */
  public static SplineTransformer linear(int bins, double bound) {
    return new SplineTransformer(bins, -bound, bound, Tails.LINEAR, 1e-3, 1e-3, 1e-3);
  }

  /** On the circle [−π, π] with the paper's minima 1e-3. */
  public static SplineTransformer circular(int bins) {
    return new SplineTransformer(bins, -Math.PI, Math.PI, Tails.CIRCULAR, 1e-3, 1e-3, 1e-3);
  }

  @Override
  public boolean isCircular() {
    return tails == Tails.CIRCULAR;
  }

  @Override
  public int numbersPerCoordinate() {
    return 2 * bins + freeDerivatives();
  }

  int freeDerivatives() {
    return switch (tails) {
      case LINEAR -> bins - 1;
      case CIRCULAR -> bins;
    };
  }

  @Override
  public Mapped forward(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    return new SplinePass(builder, this, z, raw, SplinePass.Direction.FORWARD).mapped();
  }

  @Override
  public Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    return new SplinePass(builder, this, x, raw, SplinePass.Direction.INVERSE).mapped();
  }

  @Override
  public Steered steered(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    SplinePass pass = new SplinePass(builder, this, z, raw, SplinePass.Direction.FORWARD);
    return new Steered(pass.mapped(), (x, again) -> pass.back(x, again));
  }

  /** What is added to a raw number so that 0 gives the derivative 1. */
  double shift() {
    return Math.log(Math.expm1(1 - minDerivative));
  }
}

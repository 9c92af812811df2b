package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A point of a bin's curve, and its derivatives. With s = height/width, p = θ(1 − θ) and κ the
 * derivatives' sum less 2s (Durkan et al. 2019, eqs. 4 and 5):
 *
 * <pre>
 *   x = bottom + height φ,   φ = (sθ² + d₀p) / Q,   Q = s + κp
 *   D = ∂x/∂z = (s/Q)² B,    B = d₁θ² + 2sp + d₀(1 − θ)²
 * </pre>
 */
final class BinPoint {
  private final GraphBuilder builder;
  private final Arithmetic of;
  private final RationalQuadratic bin;
  private final Operand<TFloating> theta;
  private final Operand<TFloating> rest;
  private final Operand<TFloating> product;
  private final Operand<TFloating> thetaSquare;
  private final Operand<TFloating> restSquare;
  private final Operand<TFloating> slope;
  private final Operand<TFloating> curvature;
  private final Operand<TFloating> denominator;
  private final Operand<TFloating> bracket;
  private final Operand<TFloating> derivative;

  /** φ: the rise as a share of the height. */
  private final Operand<TFloating> share;

  /** At θ = (z − left) / width. */
  BinPoint(RationalQuadratic bin, Operand<TFloating> theta) {
    this.builder = bin.builder();
    this.of = new Arithmetic(builder);
    this.bin = bin;
    this.theta = theta;
    this.rest = of.minus(1, theta);
    this.product = of.times(theta, rest);
    this.thetaSquare = of.square(theta);
    this.restSquare = of.square(rest);
    this.slope = bin.slope();
    this.curvature = bin.curvature(slope);
    this.denominator = of.plus(slope, of.times(curvature, product));
    this.bracket =
        of.plus(
            of.plus(
                of.times(bin.rightDerivative(), thetaSquare),
                of.times(2, of.times(slope, product))),
            of.times(bin.leftDerivative(), restSquare));
    this.derivative = of.times(of.square(of.over(slope, denominator)), bracket);
    this.share =
        of.over(
            of.plus(of.times(slope, thetaSquare), of.times(bin.leftDerivative(), product)),
            denominator);
  }

  /** In the bin's interval. */
  Operand<TFloating> z() {
    return of.plus(bin.left(), of.times(theta, bin.width()));
  }

  /** In the bin's image. */
  Operand<TFloating> x() {
    return of.plus(bin.bottom(), of.times(bin.height(), share));
  }

  /** log D. */
  Operand<TFloating> logDerivative() {
    return builder.tf().math.log(derivative);
  }

  /** Cotangents of a bin's numbers, and of the argument. */
  record Felt(
      Operand<TFloating> argument,
      Operand<TFloating> left,
      Operand<TFloating> width,
      Operand<TFloating> bottom,
      Operand<TFloating> height,
      Operand<TFloating> leftDerivative,
      Operand<TFloating> rightDerivative) {}

  /** Of x(z) and log D. */
  Felt forward(Operand<TFloating> ofX, Operand<TFloating> ofLog) {
    Operand<TFloating> ofLeft =
        of.negative(of.plus(of.times(ofX, derivative), throughTheta(ofLog)));
    return felt(of.negative(ofLeft), ofX, ofLeft, ofLog);
  }

  /** Of z(x) and log D. */
  Felt inverse(Operand<TFloating> ofZ, Operand<TFloating> ofLog) {
    Operand<TFloating> ofX = of.over(of.plus(ofZ, throughTheta(ofLog)), derivative);
    return felt(ofX, of.negative(ofX), ofZ, ofLog);
  }

  /** What log D passes on to z by way of θ: ∂ log D/∂θ / width. */
  private Operand<TFloating> throughTheta(Operand<TFloating> ofLog) {
    Operand<TFloating> turn = of.minus(rest, theta);
    Operand<TFloating> ofBracket =
        of.plus(
            of.minus(of.times(bin.rightDerivative(), theta), of.times(bin.leftDerivative(), rest)),
            of.times(slope, turn));
    Operand<TFloating> half =
        of.minus(of.over(ofBracket, bracket), of.over(of.times(curvature, turn), denominator));
    return of.over(of.times(of.times(2, ofLog), half), bin.width());
  }

  /**
   * Both directions in one: x and z are bound by x = bottom + height φ(θ), z = left + width θ, and
   * ofX is what the first feels, ofLeft the second, with ofX D + ofLeft + what comes by θ = 0.
   */
  private Felt felt(
      Operand<TFloating> argument,
      Operand<TFloating> ofX,
      Operand<TFloating> ofLeft,
      Operand<TFloating> ofLog) {
    Operand<TFloating> perDenominator = of.over(1, denominator);
    Operand<TFloating> rise = of.times(ofX, bin.height());
    Operand<TFloating> twice = of.times(2, ofLog);
    Operand<TFloating> log = of.over(ofLog, bracket);
    Operand<TFloating> bend = of.minus(1, of.times(2, product));
    // ∂φ/∂s = (θ² − φ(1 − 2p))/Q; ∂ log D/∂s = 2/s + 2p/B − 2(1 − 2p)/Q.
    Operand<TFloating> ofSlope =
        of.plus(
            of.times(
                perDenominator,
                of.minus(
                    of.times(rise, of.minus(thetaSquare, of.times(share, bend))),
                    of.times(twice, bend))),
            of.plus(of.over(twice, slope), of.times(of.times(2, log), product)));
    Operand<TFloating> perWidth = of.over(ofSlope, bin.width());
    // ∂φ/∂d₁ = −pφ/Q, ∂φ/∂d₀ = p/Q more; ∂ log D/∂d₁ = θ²/B − 2p/Q, of d₀ (1 − θ)²/B − 2p/Q.
    Operand<TFloating> reach = of.times(product, perDenominator);
    Operand<TFloating> both = of.times(reach, of.plus(of.times(rise, share), twice));
    return new Felt(
        argument,
        ofLeft,
        of.minus(of.times(ofLeft, theta), of.times(perWidth, slope)),
        ofX,
        of.plus(of.times(ofX, share), perWidth),
        of.minus(of.plus(of.times(reach, rise), of.times(log, restSquare)), both),
        of.minus(of.times(log, thetaSquare), both));
  }
}

package org.flowexp.flow;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Affine maps evaluated once, and differentiated by hand: TensorFlow's own derivatives ask for the
 * shape of every factor and sum over axes that are not there, four operations for each that counts.
 */
final class AffinePass {
  private final GraphBuilder builder;
  private final Arithmetic of;
  private final Operand<TFloating> raw;

  /** s / m. */
  private final Operand<TFloating> tanh;

  private final Operand<TFloating> logScale;
  private final Operand<TFloating> shift;
  private final Operand<TFloating> logDet;

  /**
   * Reads what steers them.
   *
   * @param bound m: of the log-scales
   * @param n coordinates
   * @param raw log-scales before the bound, then shifts [2 n, batch]
   */
  AffinePass(GraphBuilder builder, double bound, int n, Operand<TFloating> raw) {
    this.builder = builder;
    this.of = new Arithmetic(builder);
    this.raw = raw;
    Ops tf = builder.tf();
    List<Operand<TFloating>> halves = builder.split(0, raw, n, n);
    this.tanh = tf.math.tanh(bound == 1 ? halves.get(0) : of.times(1 / bound, halves.get(0)));
    this.logScale = bound == 1 ? tanh : of.times(bound, tanh);
    this.shift = halves.get(1);
    this.logDet = builder.sum(logScale, 0);
  }

  /** x = z eˢ + t. */
  Mapped forward(Operand<TFloating> z) {
    Operand<TFloating> scale = builder.tf().math.exp(logScale);
    Operand<TFloating> stretched = of.times(z, scale);
    return differentiated(
        new Mapped(of.plus(stretched, shift), logDet),
        z,
        raw,
        (ofX, ofLog) ->
            List.of(of.times(ofX, scale), rawFelt(of.plus(of.times(ofX, stretched), ofLog), ofX)));
  }

  /** z = (x − t) e⁻ˢ. */
  Mapped inverse(Operand<TFloating> x) {
    Operand<TFloating> perScale = builder.tf().math.exp(of.negative(logScale));
    return back(of.times(of.minus(x, shift), perScale), perScale, x, raw);
  }

  /**
   * The inverse at the image of {@link #forward}.
   *
   * @param x has the values of the image
   * @param again has the values of the raw numbers
   */
  Mapped back(Operand<TFloating> z, Operand<TFloating> x, Operand<TFloating> again) {
    return back(z, builder.tf().math.exp(of.negative(logScale)), x, again);
  }

  private Mapped back(
      Operand<TFloating> z,
      Operand<TFloating> perScale,
      Operand<TFloating> x,
      Operand<TFloating> numbers) {
    return differentiated(
        new Mapped(z, of.negative(logDet)),
        x,
        numbers,
        (ofZ, ofLog) -> {
          Operand<TFloating> ofX = of.times(ofZ, perScale);
          Operand<TFloating> ofScale = of.negative(of.plus(of.times(ofZ, z), ofLog));
          return List.of(ofX, rawFelt(ofScale, of.negative(ofX)));
        });
  }

  private Operand<TFloating> rawFelt(Operand<TFloating> ofScale, Operand<TFloating> ofShift) {
    Operand<TFloating> ofRaw = of.times(ofScale, of.minus(1, of.square(tanh)));
    return builder.concat(0, List.of(ofRaw, ofShift));
  }

  /** What argument and raw numbers feel, of what value [n, batch] and log-det [batch] do. */
  private interface Felt {
    List<Operand<TFloating>> of(Operand<TFloating> ofValue, Operand<TFloating> ofLog);
  }

  private Mapped differentiated(
      Mapped values, Operand<TFloating> argument, Operand<TFloating> numbers, Felt felt) {
    List<Operand<TFloating>> mapped =
        builder.withAdjoint(
            List.of(values.value(), values.logDet()),
            List.of(argument, numbers),
            cotangents -> felt.of(cotangents.get(0), cotangents.get(1)));
    return new Mapped(mapped.get(0), mapped.get(1));
  }
}

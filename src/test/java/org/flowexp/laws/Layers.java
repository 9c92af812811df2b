package org.flowexp.laws;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flowexp.flow.Activation;
import org.flowexp.flow.AffineTransformer;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Chain;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Inverse;
import org.flowexp.flow.Mask;
import org.flowexp.flow.Network;
import org.flowexp.flow.OnCoordinates;
import org.flowexp.flow.Permutation;
import org.flowexp.flow.SplineTransformer;
import org.flowexp.flow.Whitening;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.ParameterLayout;

/** Each layer of the package {@code flow}, alone and in company. */
final class Layers {
  private static final double AFFINE = 1e-12;
  private static final double SPLINE = 1e-9;
  private static final Network RESIDUAL =
      new Network(List.of(8, 8), Activation.TANH, Network.Connection.RESIDUAL);
  private static final Network SOFTPLUS =
      new Network(List.of(8), Activation.SOFTPLUS, Network.Connection.PLAIN);

  private Layers() {}

  static Stream<Layer> all() {
    return Stream.of(
        identity("affine", 3, AFFINE, layout -> coupling(layout, "a")),
        identity(
            "affine with a scattered mask",
            3,
            AFFINE,
            layout ->
                new Coupling(
                    layout, "a", Mask.alternating(5, 1), RESIDUAL, new AffineTransformer(2))),
        identity(
            "affine of a linear conditioner",
            3,
            AFFINE,
            layout ->
                new Coupling(
                    layout, "a", Mask.range(3, 0, 1), Network.silu(), new AffineTransformer(1))),
        identity("four affine", 3, AFFINE, layout -> affine(layout, 5)),
        identity("spline", 6, SPLINE, layout -> spline(layout, Mask.range(4, 1, 3))),
        identity(
            "spline with a scattered mask",
            6,
            SPLINE,
            layout -> spline(layout, Mask.alternating(5, 0))),
        identity(
            "spline on an uneven box",
            4,
            SPLINE,
            layout ->
                new Coupling(
                    layout,
                    "s",
                    Mask.range(3, 0, 2),
                    SOFTPLUS,
                    new SplineTransformer(
                        5, -1, 3, SplineTransformer.Tails.LINEAR, 1e-2, 1e-3, 1e-2))),
        identity(
            "circular spline",
            Math.PI,
            SPLINE,
            layout ->
                Coupling.alternating(
                    layout, "c", 4, 2, Network.silu(8), SplineTransformer.circular(6))),
        identity("lines and angles", 3, SPLINE, Layers::mixed),
        identity(
            "residual spline",
            6,
            SPLINE,
            layout ->
                new Coupling(
                    layout, "s", Mask.range(4, 0, 2), RESIDUAL, SplineTransformer.linear(6, 5))),
        identity(
            "three splines",
            6,
            SPLINE,
            layout ->
                Coupling.alternating(
                    layout, "s", 4, 3, Network.silu(8, 8), SplineTransformer.linear(8, 5))),
        fixed("permutation", new Permutation(List.of(2, 0, 3, 1))),
        fixed("reversal", Permutation.reversal(4)),
        fixed("principal whitening", Whitening.of(data(), Whitening.Factor.PRINCIPAL)),
        fixed("Cholesky whitening", Whitening.of(data(), Whitening.Factor.CHOLESKY)),
        identity("inverse", 3, AFFINE, layout -> new Inverse(affine(layout, 4))),
        identity(
            "some coordinates",
            3,
            AFFINE,
            layout -> new OnCoordinates(Mask.alternating(5, 0), affine(layout, 3))),
        // So wide that arguments of the inverse, which the data's mean moves, reach the last bin.
        new Layer("company", Layer.Start.ANYTHING, 0.1, 6, SPLINE, Layers::company));
  }

  /** Two-dimensional flows on the plane, for the integral. */
  static Stream<Layer> planar() {
    return Stream.of(
        identity("affine", 12, AFFINE, layout -> affine(layout, 2)),
        identity(
            "spline",
            0,
            SPLINE,
            layout ->
                Coupling.alternating(
                    layout, "s", 2, 3, Network.silu(8), SplineTransformer.linear(8, 4))));
  }

  static Coupling coupling(ParameterLayout layout, String name) {
    return new Coupling(
        layout, name, Mask.range(5, 2, 5), Network.silu(8, 8), new AffineTransformer(1));
  }

  static Chain affine(ParameterLayout layout, int dim) {
    return Coupling.alternating(layout, "a", dim, 4, Network.silu(8, 8), new AffineTransformer(1));
  }

  static Bijection spline(ParameterLayout layout, Mask mask) {
    return new Coupling(layout, "s", mask, Network.silu(8), SplineTransformer.linear(8, 5));
  }

  /** Two coordinates on the line, two angles; each kind is moved given the other. */
  static Bijection mixed(ParameterLayout layout) {
    List<Boolean> angles = List.of(false, false, true, true);
    return new Chain(
        List.of(
            new Coupling(
                layout,
                "turn",
                Mask.range(4, 2, 3),
                angles,
                Network.silu(8),
                SplineTransformer.circular(6)),
            new Coupling(
                layout,
                "stretch",
                Mask.range(4, 0, 2),
                angles,
                Network.silu(8),
                SplineTransformer.linear(6, 5)),
            new Coupling(
                layout,
                "turn back",
                Mask.range(4, 3, 4),
                angles,
                Network.silu(8),
                SplineTransformer.circular(6))));
  }

  private static Chain company(ParameterLayout layout) {
    return new Chain(
        List.of(
            affine(layout, 4),
            Permutation.reversal(4),
            spline(layout, Mask.range(4, 0, 2)),
            Whitening.of(data(), Whitening.Factor.CHOLESKY)));
  }

  private static Layer identity(
      String name, double spread, double tolerance, Function<ParameterLayout, Bijection> make) {
    return new Layer(
        name, Layer.Start.IDENTITY, tolerance == SPLINE ? 0.1 : 0.3, spread, tolerance, make);
  }

  private static Layer fixed(String name, Bijection bijection) {
    return new Layer(name, Layer.Start.ANYTHING, 0, 3, AFFINE, layout -> bijection);
  }

  private static double[][] data() {
    var generator = Seeds.generator(1, "data", 0);
    double[][] rows = new double[50][4];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = 2 + generator.nextGaussian() + (i > 0 ? 0.7 * row[i - 1] : 0);
      }
    }
    return rows;
  }
}

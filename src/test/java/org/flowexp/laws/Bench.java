package org.flowexp.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Mapped;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** A bijection in a graph of its own, evaluated on Java arrays with parameters from outside. */
final class Bench implements AutoCloseable {
  private final ParameterLayout layout = new ParameterLayout();
  private final Bijection bijection;
  private final GraphBuilder builder;
  private final Operand<TFloating> argument;
  private final Operand<TFloating> theta;
  private final Parameters parameters;
  private final Way forward;
  private final Way inverse;
  private final Session session;

  /**
   * A direction: value, log-det, Jacobian by columns, and a derivative that feels each parameter.
   */
  private record Way(
      Mapped mapped, List<Operand<TFloating>> jacobian, Operand<TFloating> sensitivity) {}

  enum Direction {
    FORWARD,
    INVERSE
  }

  /** Values by row, and log-dets; never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Image(double[][] values, double[] logDets) {}

  Bench(Layer layer, Precision precision) {
    this.bijection = layer.make().apply(layout);
    this.builder = new GraphBuilder(precision);
    this.argument = builder.placeholder(-1, bijection.dim());
    this.theta = builder.placeholder(Math.max(layout.size(), 1));
    this.parameters = new Parameters(builder, layout, theta);
    this.forward = way(bijection.forward(parameters, argument));
    this.inverse = way(bijection.inverse(parameters, argument));
    this.session = SessionOptions.cpu(1).open(builder.graph());
  }

  private Way way(Mapped mapped) {
    List<Operand<TFloating>> jacobian = new ArrayList<>();
    for (int i = 0; i < dim(); i++) {
      jacobian.add(Gradients.of(builder, builder.columns(mapped.value(), i, i + 1), argument));
    }
    var tf = builder.tf();
    Operand<TFloating> felt =
        tf.math.add(
            builder.sum(tf.math.square(mapped.value()), 0, 1), builder.sum(mapped.logDet(), 0));
    return new Way(mapped, jacobian, Gradients.of(builder, felt, parameters.flat()));
  }

  int dim() {
    return bijection.dim();
  }

  int size() {
    return layout.size();
  }

  double[] initial(long seed) {
    return layout.initial(seed);
  }

  /** Parameters away from their start by up to ±weights. */
  double[] randomised(long seed, double weights) {
    double[] flat = layout.initial(seed);
    var generator = Seeds.generator(seed, "law parameters", 0);
    for (int i = 0; i < flat.length; i++) {
      flat[i] += weights * (2 * generator.nextDouble() - 1);
    }
    return flat;
  }

  Image map(Direction direction, double[] flat, double[][] rows) {
    Mapped mapped = of(direction).mapped;
    List<double[]> fetched = run(flat, rows, List.of(mapped.value(), mapped.logDet()));
    return new Image(rows(fetched.get(0)), fetched.get(1));
  }

  /** [row][output][input], by automatic differentiation. */
  double[][][] jacobians(Direction direction, double[] flat, double[][] rows) {
    List<double[]> fetched = run(flat, rows, of(direction).jacobian);
    double[][][] jacobians = new double[rows.length][dim()][];
    for (int output = 0; output < dim(); output++) {
      double[][] gradients = rows(fetched.get(output));
      for (int row = 0; row < rows.length; row++) {
        jacobians[row][output] = gradients[row];
      }
    }
    return jacobians;
  }

  double[] sensitivity(Direction direction, double[] flat, double[][] rows) {
    return run(flat, rows, List.of(of(direction).sensitivity)).get(0);
  }

  private Way of(Direction direction) {
    return direction == Direction.FORWARD ? forward : inverse;
  }

  private List<double[]> run(
      double[] flat, double[][] rows, List<? extends Operand<TFloating>> fetches) {
    double[] numbers = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    double[] fed = flat.length == 0 ? new double[1] : flat;
    try (TFloating x = builder.precision().tensor(numbers, rows.length, dim());
        TFloating t = builder.precision().tensor(fed, fed.length)) {
      var runner = session.runner().feed(argument, x).feed(theta, t);
      fetches.forEach(runner::fetch);
      try (var result = runner.run()) {
        List<double[]> answer = new ArrayList<>();
        for (int i = 0; i < fetches.size(); i++) {
          answer.add(Precision.values(result.get(i)));
        }
        return answer;
      }
    }
  }

  private double[][] rows(double[] numbers) {
    double[][] rows = new double[numbers.length / dim()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(numbers, i * dim(), (i + 1) * dim());
    }
    return rows;
  }

  @Override
  public void close() {
    session.close();
    builder.close();
  }
}

package org.flowexp.tensor;

import java.util.SplittableRandom;

/**
 * How a parameter starts: numbers in double precision as a function of a generator and the shape.
 */
@FunctionalInterface
public interface Initializer {
  /**
   * The numbers, row by row.
   *
   * @param generator started from (seed, name), for this parameter alone
   * @param size the number of numbers
   * @param shape for a kernel [in, out]
   */
  double[] values(SplittableRandom generator, int size, long[] shape);

  /**
   * All zero: for biases and for the last layer of a conditioner, so that a flow starts as the
   * identity.
   */
  static Initializer zeros() {
    return constant(0);
  }

  /** All equal. */
  static Initializer constant(double value) {
    return (generator, size, shape) -> generator.doubles(size).map(x -> value).toArray();
  }

  /** Uniform with variance 2/(in + out): Glorot and Bengio, AISTATS 2010, eq. 16. */
  static Initializer glorot() {
    return (generator, size, shape) -> {
      double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
      return generator.doubles(size).map(x -> bound * (2 * x - 1)).toArray();
    };
  }

  /** Uniform with variance 2/in, for ReLU-like activations: He et al., ICCV 2015, eq. 10. */
  static Initializer he() {
    return (generator, size, shape) -> {
      double bound = Math.sqrt(6.0 / shape[0]);
      return generator.doubles(size).map(x -> bound * (2 * x - 1)).toArray();
    };
  }

  /** Uniform in ±bound: for tests that need parameters away from the start. */
  static Initializer uniform(double bound) {
    return (generator, size, shape) ->
        generator.doubles(size).map(x -> bound * (2 * x - 1)).toArray();
  }
}

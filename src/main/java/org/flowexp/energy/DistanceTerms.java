package org.flowexp.energy;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.Bond;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Pair;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.units.Constants;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The terms of two atoms each: bonds, Urey-Bradley, Lennard-Jones and Coulomb. All distances are
 * one product of the positions with a matrix of ±1 and 0, and the sums over pairs are products with
 * the parameters (ADR 11).
 */
record DistanceTerms(int atoms, ForceField field) {
  /**
   * (0.01 nm)²: closer atoms repel no further, so that a clash stays finite in float32, where r⁻¹²
   * overflows at 6e-4 nm.
   */
  static final double SQUARE_FLOOR = 1e-4;

  private static final double SPRING_FLOOR = 1e-12;

  Map<EnergyTerm, Operand<TFloating>> terms(GraphBuilder g, Vectors positions) {
    List<Bond> springs =
        Stream.concat(field.bonds().stream(), field.ureyBradley().stream()).toList();
    List<Pair> pairs = Stream.concat(field.pairs().stream(), field.pairs14().stream()).toList();
    if (springs.isEmpty() && pairs.isEmpty()) {
      return Map.of();
    }
    int[] from =
        Stream.concat(springs.stream().map(Bond::i), pairs.stream().map(Pair::i))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] to =
        Stream.concat(springs.stream().map(Bond::j), pairs.stream().map(Pair::j))
            .mapToInt(Integer::intValue)
            .toArray();
    Operand<TFloating> squares = positions.differences(atoms, from, to).squares();
    List<Operand<TFloating>> parts = g.split(0, squares, springs.size(), pairs.size());
    Operand<TFloating> stretch = springs(g, parts.get(0), springs);
    PowerSums sums = powers(g, parts.get(1), pairs);
    return Map.of(
        EnergyTerm.BOND, row(g, stretch, 0),
        EnergyTerm.UREY_BRADLEY, row(g, stretch, 1),
        EnergyTerm.LENNARD_JONES, row(g, sums.lennardJones(), 0),
        EnergyTerm.LENNARD_JONES_14, row(g, sums.lennardJones(), 1),
        EnergyTerm.COULOMB, row(g, sums.coulomb(), 0),
        EnergyTerm.COULOMB_14, row(g, sums.coulomb(), 1));
  }

  private Operand<TFloating> springs(
      GraphBuilder g, Operand<TFloating> squares, List<Bond> springs) {
    var tf = g.tf();
    Operand<TFloating> lengths = tf.math.sqrt(tf.math.maximum(squares, g.constant(SPRING_FLOOR)));
    Operand<TFloating> stretch =
        tf.math.square(tf.math.sub(lengths, column(g, springs, Bond::length)));
    return tf.linalg.matMul(weights(g, springs, field.bonds().size(), Bond::stiffness), stretch);
  }

  /** Two rows each: all but the 1-4 pairs, and the 1-4 pairs. */
  private record PowerSums(Operand<TFloating> lennardJones, Operand<TFloating> coulomb) {}

  /** ε R¹² r⁻¹² − 2 ε R⁶ r⁻⁶ and f q_i q_j r⁻¹. */
  private PowerSums powers(GraphBuilder g, Operand<TFloating> squares, List<Pair> pairs) {
    var tf = g.tf();
    int full = field.pairs().size();
    Operand<TFloating> inverse = tf.math.rsqrt(tf.math.maximum(squares, g.constant(SQUARE_FLOOR)));
    Operand<TFloating> cube = tf.math.mul(tf.math.square(inverse), inverse);
    Operand<TFloating> sixth = tf.math.square(cube);
    Operand<TFloating> repulsion =
        tf.linalg.matMul(
            weights(g, pairs, full, p -> p.depth() * Math.pow(p.distance(), 12)),
            tf.math.square(sixth));
    Operand<TFloating> dispersion =
        tf.linalg.matMul(
            weights(g, pairs, full, p -> -2 * p.depth() * Math.pow(p.distance(), 6)), sixth);
    Operand<TFloating> coulomb =
        tf.linalg.matMul(weights(g, pairs, full, p -> Constants.COULOMB * p.charges()), inverse);
    return new PowerSums(tf.math.add(repulsion, dispersion), coulomb);
  }

  private static <T> Operand<TFloating> column(
      GraphBuilder g, List<T> items, ToDoubleFunction<T> value) {
    return g.constant(items.stream().mapToDouble(value).toArray(), items.size(), 1);
  }

  /** [2, items]: the first {@code split} items in the upper row, the others in the lower. */
  private static <T> Operand<TFloating> weights(
      GraphBuilder g, List<T> items, int split, ToDoubleFunction<T> value) {
    double[][] rows = new double[2][items.size()];
    for (int i = 0; i < items.size(); i++) {
      rows[i < split ? 0 : 1][i] = value.applyAsDouble(items.get(i));
    }
    return g.constant(rows);
  }

  private static Operand<TFloating> row(GraphBuilder g, Operand<TFloating> matrix, int row) {
    var tf = g.tf();
    return tf.reshape(tf.slice(matrix, tf.array(row, 0), tf.array(1, -1)), tf.array(-1));
  }
}

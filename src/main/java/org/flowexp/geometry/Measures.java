package org.flowexp.geometry;

import java.util.List;
import org.flowexp.molecule.Quadruple;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * One distance or angle of many configurations [batch], from positions [batch, 3 atoms]. The
 * gradient is 0 where the value has none: of atoms on each other, in a row, or without a dihedral.
 */
public record Measures(GraphBuilder g, Operand<TFloating> positions, int atoms) {
  private static final double SQUARE_FLOOR = 1e-16;
  private static final double CROSS_FLOOR = 1e-20;

  /** nm. */
  public Operand<TFloating> distance(int i, int j) {
    var tf = g.tf();
    Operand<TFloating> square =
        vectors().differences(atoms, new int[] {i}, new int[] {j}).squares();
    return flat(tf.math.sqrt(tf.math.maximum(square, g.constant(SQUARE_FLOOR))));
  }

  /** At j, from 0 to π. */
  public Operand<TFloating> angle(int i, int j, int k) {
    var tf = g.tf();
    List<Vectors> arms =
        vectors().differences(atoms, new int[] {j, j}, new int[] {i, k}).split(1, 1);
    Operand<TFloating> sine =
        tf.math.sqrt(
            tf.math.maximum(arms.get(0).cross(arms.get(1)).squares(), g.constant(CROSS_FLOOR)));
    return flat(tf.math.atan2(sine, arms.get(0).dot(arms.get(1))));
  }

  /** From −π to π. */
  public Operand<TFloating> dihedral(int i, int j, int k, int l) {
    return flat(
        Dihedrals.of(g, vectors(), atoms, List.of(new Quadruple(i, j, k, l)))
            .from(g, new double[1]));
  }

  private Vectors vectors() {
    return Vectors.ofPositions(g, positions, atoms);
  }

  private Operand<TFloating> flat(Operand<TFloating> row) {
    return g.tf().reshape(row, g.tf().array(-1));
  }
}

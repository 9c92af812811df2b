package org.flowexp.coordinates;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.flowexp.geometry.Dihedrals;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.Quadruple;
import org.flowexp.molecule.TreeRow;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The distances and angles of a tree in given positions. */
record Measurement(GraphBuilder g, PlacementTree tree, Vectors positions) {
  private static final double SQUARE_FLOOR = 1e-16;
  private static final double CROSS_FLOOR = 1e-20;

  /** [N − 1, batch], nm. */
  Operand<TFloating> distances() {
    var tf = g.tf();
    Vectors bonds = differences(1, TreeRow::atom, TreeRow::distanceTo);
    return tf.math.sqrt(tf.math.maximum(bonds.squares(), g.constant(SQUARE_FLOOR)));
  }

  /** [N − 2, batch] in (0, π). */
  Operand<TFloating> angles() {
    var tf = g.tf();
    Vectors u = differences(2, TreeRow::atom, TreeRow::distanceTo);
    Vectors v = differences(2, TreeRow::angleTo, TreeRow::distanceTo);
    Operand<TFloating> sine =
        tf.math.sqrt(tf.math.maximum(u.cross(v).squares(), g.constant(CROSS_FLOOR)));
    return tf.math.atan2(sine, u.dot(v));
  }

  /** Of these rows, less their origins, within ±π: [rows, batch]. */
  Operand<TFloating> dihedrals(List<Integer> rows, double[] origins) {
    if (rows.isEmpty()) {
      return g.tf().slice(positions.x(), g.tf().array(0, 0), g.tf().array(0, -1));
    }
    List<Quadruple> atoms =
        rows.stream()
            .map(tree.rows()::get)
            .map(r -> new Quadruple(r.torsionTo(), r.angleTo(), r.distanceTo(), r.atom()))
            .toList();
    return Dihedrals.of(g, positions, tree.rows().size(), atoms).from(g, origins);
  }

  private Vectors differences(int first, ToIntFunction<TreeRow> end, ToIntFunction<TreeRow> start) {
    int n = tree.rows().size();
    int[] ends = IntStream.range(first, n).map(i -> end.applyAsInt(tree.rows().get(i))).toArray();
    int[] starts =
        IntStream.range(first, n).map(i -> start.applyAsInt(tree.rows().get(i))).toArray();
    return positions.differences(n, starts, ends);
  }
}

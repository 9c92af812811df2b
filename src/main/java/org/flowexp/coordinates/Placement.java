package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.TreeRow;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Positions from distances and angles (Parsons et al., J. Comput. Chem. 26, 1063 (2005)): with A,
 * B, C the ends of torsion, angle and distance, e = C − B normalised, n = (B − A) × e normalised, m
 * = n × e, the atom is at C + r (−cos θ e + sin θ cos φ m + sin θ sin φ n). Atoms whose references
 * are placed are placed together.
 */
record Placement(GraphBuilder g, PlacementTree tree) {
  private static final double SHORTEST = 1e-10;

  /**
   * In the order of the topology.
   *
   * @param distances [N − 1, batch], of the rows from the second
   * @param angles [N − 2, batch], from the third
   * @param dihedrals [N − 3, batch], from the fourth
   */
  Vectors positions(
      Operand<TFloating> distances, Operand<TFloating> angles, Operand<TFloating> dihedrals) {
    List<TreeRow> rows = tree.rows();
    Vectors placed = firstThree(distances, angles);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, 3).mapToObj(i -> rows.get(i).atom()).toList());
    while (order.size() < rows.size()) {
      List<Integer> layer =
          IntStream.range(3, rows.size())
              .filter(i -> !order.contains(rows.get(i).atom()) && isReady(rows.get(i), order))
              .boxed()
              .toList();
      Vectors next =
          layer(
              placed.rows(references(layer, order, TreeRow::torsionTo)),
              placed.rows(references(layer, order, TreeRow::angleTo)),
              placed.rows(references(layer, order, TreeRow::distanceTo)),
              chosen(distances, layer, 1),
              chosen(angles, layer, 2),
              chosen(dihedrals, layer, 3));
      placed = placed.followedBy(next);
      layer.forEach(row -> order.add(rows.get(row).atom()));
    }
    return placed.rows(IntStream.range(0, rows.size()).map(order::indexOf).toArray());
  }

  private static boolean isReady(TreeRow row, List<Integer> placed) {
    return placed.containsAll(List.of(row.distanceTo(), row.angleTo(), row.torsionTo()));
  }

  private int[] references(List<Integer> layer, List<Integer> order, ToIntFunction<TreeRow> end) {
    return layer.stream()
        .mapToInt(row -> order.indexOf(end.applyAsInt(tree.rows().get(row))))
        .toArray();
  }

  private Operand<TFloating> chosen(Operand<TFloating> values, List<Integer> layer, int first) {
    var tf = g.tf();
    int[] places = layer.stream().mapToInt(row -> row - first).toArray();
    return tf.gather(values, tf.constant(places), tf.constant(0));
  }

  private Vectors firstThree(Operand<TFloating> distances, Operand<TFloating> angles) {
    var tf = g.tf();
    Operand<TFloating> first = row(distances, 0);
    Operand<TFloating> second = row(distances, 1);
    Operand<TFloating> zero = tf.zerosLike(first);
    Operand<TFloating> along = tf.math.mul(second, tf.math.cos(row(angles, 0)));
    Operand<TFloating> up = tf.math.mul(second, tf.math.sin(row(angles, 0)));
    boolean fromFirst = tree.rows().get(2).distanceTo() == tree.rows().get(0).atom();
    Operand<TFloating> x = fromFirst ? along : tf.math.sub(first, along);
    return new Vectors(
        g,
        g.concat(0, List.of(zero, first, x)),
        g.concat(0, List.of(zero, zero, up)),
        g.concat(0, List.of(zero, zero, zero)));
  }

  private Operand<TFloating> row(Operand<TFloating> matrix, int row) {
    var tf = g.tf();
    return tf.slice(matrix, tf.array(row, 0), tf.array(1, -1));
  }

  private Vectors layer(
      Vectors a,
      Vectors b,
      Vectors c,
      Operand<TFloating> distance,
      Operand<TFloating> angle,
      Operand<TFloating> dihedral) {
    var tf = g.tf();
    Vectors e = c.minus(b).unit(SHORTEST);
    Vectors n = b.minus(a).cross(e).unit(SHORTEST);
    Operand<TFloating> across = tf.math.mul(distance, tf.math.sin(angle));
    Vectors along = e.scaled(tf.math.neg(tf.math.mul(distance, tf.math.cos(angle))));
    return c.plus(along)
        .plus(n.cross(e).scaled(tf.math.mul(across, tf.math.cos(dihedral))))
        .plus(n.scaled(tf.math.mul(across, tf.math.sin(dihedral))));
  }
}

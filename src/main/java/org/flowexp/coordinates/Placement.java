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
    var tf = g.tf();
    List<TreeRow> rows = tree.rows();
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, 3).mapToObj(i -> rows.get(i).atom()).toList());
    int rest = rows.size() - 3;
    Vectors placed =
        grown(
            g,
            firstThree(distances, angles),
            order,
            rows.subList(3, rows.size()),
            tf.slice(distances, tf.array(2, 0), tf.array(rest, -1)),
            tf.slice(angles, tf.array(1, 0), tf.array(rest, -1)),
            dihedrals);
    return placed.rows(IntStream.range(0, rows.size()).map(order::indexOf).toArray());
  }

  /**
   * More atoms, placed onto those that are.
   *
   * @param order which atom each of {@code placed} is; those of the rows are added
   * @param distances [rows, batch], as are the angles and dihedrals
   * @return in the new order
   */
  static Vectors grown(
      GraphBuilder g,
      Vectors placed,
      List<Integer> order,
      List<TreeRow> rows,
      Operand<TFloating> distances,
      Operand<TFloating> angles,
      Operand<TFloating> dihedrals) {
    Vectors all = placed;
    int whole = order.size() + rows.size();
    while (order.size() < whole) {
      List<Integer> layer =
          IntStream.range(0, rows.size())
              .filter(i -> !order.contains(rows.get(i).atom()) && isReady(rows.get(i), order))
              .boxed()
              .toList();
      List<TreeRow> chosen = layer.stream().map(rows::get).toList();
      Vectors next =
          layer(
              g,
              List.of(
                  all.rows(references(chosen, order, TreeRow::torsionTo)),
                  all.rows(references(chosen, order, TreeRow::angleTo)),
                  all.rows(references(chosen, order, TreeRow::distanceTo))),
              chosen(g, distances, layer),
              chosen(g, angles, layer),
              chosen(g, dihedrals, layer));
      all = all.followedBy(next);
      chosen.forEach(row -> order.add(row.atom()));
    }
    return all;
  }

  private static boolean isReady(TreeRow row, List<Integer> placed) {
    return placed.containsAll(List.of(row.distanceTo(), row.angleTo(), row.torsionTo()));
  }

  private static int[] references(
      List<TreeRow> rows, List<Integer> order, ToIntFunction<TreeRow> end) {
    return rows.stream().mapToInt(row -> order.indexOf(end.applyAsInt(row))).toArray();
  }

  private static Operand<TFloating> chosen(
      GraphBuilder g, Operand<TFloating> values, List<Integer> rows) {
    int[] places = rows.stream().mapToInt(row -> row).toArray();
    return g.tf().gather(values, g.tf().constant(places), g.tf().constant(0));
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

  /**
   * @param ends A, B and C of each
   */
  private static Vectors layer(
      GraphBuilder g,
      List<Vectors> ends,
      Operand<TFloating> distance,
      Operand<TFloating> angle,
      Operand<TFloating> dihedral) {
    var tf = g.tf();
    Vectors a = ends.get(0);
    Vectors b = ends.get(1);
    Vectors c = ends.get(2);
    Vectors e = c.minus(b).unit(SHORTEST);
    Vectors n = b.minus(a).cross(e).unit(SHORTEST);
    Operand<TFloating> across = tf.math.mul(distance, tf.math.sin(angle));
    Vectors along = e.scaled(tf.math.neg(tf.math.mul(distance, tf.math.cos(angle))));
    return c.plus(along)
        .plus(n.cross(e).scaled(tf.math.mul(across, tf.math.cos(dihedral))))
        .plus(n.scaled(tf.math.mul(across, tf.math.sin(dihedral))));
  }
}

package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.TreeRow;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** An {@link Attachment} in a graph. */
public record AttachedAtoms(Attachment attachment) {

  /**
   * Positions of the whole molecule, its attached atoms moved to where y says.
   *
   * @param x positions [batch, 3N], nm, of which those of the other atoms count
   * @param y [batch, 3m]
   */
  public Operand<TFloating> placed(GraphBuilder g, Operand<TFloating> x, Operand<TFloating> y) {
    int[] others = attachment.outside().stream().mapToInt(i -> i).toArray();
    return onto(g, Vectors.ofPositions(g, x, attachment.atoms()).rows(others), y);
  }

  /**
   * The same from the other atoms alone.
   *
   * @param others ascending
   * @param y [batch, 3m]
   */
  Operand<TFloating> onto(GraphBuilder g, Vectors others, Operand<TFloating> y) {
    var tf = g.tf();
    List<TreeRow> rows = attachment.rows();
    List<Integer> order = new ArrayList<>(attachment.outside());
    int m = rows.size();
    List<Operand<TFloating>> parts = g.split(0, tf.linalg.transpose(y, tf.array(1, 0)), m, m, m);
    Vectors all = Placement.grown(g, others, order, rows, parts.get(0), parts.get(1), parts.get(2));
    return all.rows(IntStream.range(0, attachment.atoms()).map(order::indexOf).toArray())
        .positions();
  }
}

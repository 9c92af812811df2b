package org.flowexp.tensor;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** A vector [n] that lives in a session between runs. */
public final class Variable {
  private final GraphBuilder builder;
  private final int size;
  private final Operand<? extends TType> handle;
  private final Operand<TFloating> value;
  private final Operand<TFloating> replacement;
  private final Op assignment;

  /**
   * Adds a variable to a graph. A session must {@link #assign} before the first read.
   *
   * @param name unique in the graph
   */
  public Variable(GraphBuilder builder, String name, int size) {
    this.builder = builder;
    this.size = size;
    var tf = builder.tf();
    this.handle =
        tf.varHandleOp(builder.precision().type(), Shape.of(size), VarHandleOp.sharedName(name));
    this.value = tf.readVariableOp(handle, builder.precision().type());
    this.replacement = builder.placeholder(size);
    this.assignment = tf.assignVariableOp(handle, replacement);
  }

  /** The number of elements n. */
  public int size() {
    return size;
  }

  /** For operations that update in place. */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** The value [n] as every operation of a run sees it. */
  public Operand<TFloating> value() {
    return value;
  }

  /** Replaces the value; rounds to the graph's precision. */
  public void assign(Session session, double[] values) {
    try (TFloating tensor = builder.precision().tensor(values, size);
        var none = session.runner().feed(replacement, tensor).addTarget(assignment).run()) {
      assert none.size() == 0;
    }
  }

  /** The value now. */
  public double[] read(Session session) {
    try (var result = session.runner().fetch(value).run()) {
      return Precision.values(result.get(0));
    }
  }
}

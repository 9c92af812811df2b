package org.flowexp.formula;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

/**
 * What surrounds a formula that is lowered.
 *
 * @param axis what the second axis is, if there is one
 * @param indices the running indices of unrolled sums
 * @param mask the rows whose value counts; operations with poles are fed harmless numbers
 *     elsewhere, as 0 · ∞ in a gradient is NaN
 * @param validity whether rows without weight read as 0
 */
record Scope(
    Axis axis, Map<String, Double> indices, Optional<Operand<TBool>> mask, Validity validity) {

  enum Validity {
    ANY_ROW,
    VALID_ROWS
  }

  /** The second axis of every value per sample. */
  sealed interface Axis {}

  /** No second axis. */
  enum Flat implements Axis {
    FLAT
  }

  /** The coordinates of vectors. */
  enum Coordinates implements Axis {
    COORDINATES
  }

  /** The values of a running index. */
  record Running(String name, long from, long to) implements Axis {
    int length() {
      return Math.toIntExact(to - from + 1);
    }

    boolean isReadBy(Formula formula) {
      return Formulas.readsIndex(formula, name);
    }
  }

  Scope {
    indices = Map.copyOf(indices);
  }

  static Scope outermost() {
    return new Scope(Flat.FLAT, Map.of(), Optional.empty(), Validity.ANY_ROW);
  }

  /** For what depends neither on the mask nor on weights: shared among scopes. */
  Scope bare() {
    return new Scope(axis, indices, Optional.empty(), Validity.ANY_ROW);
  }

  Scope along(Axis other) {
    return new Scope(other, indices, mask, validity);
  }

  Scope with(String index, double value) {
    Map<String, Double> inner = new HashMap<>(indices);
    inner.put(index, value);
    return new Scope(axis, inner, mask, validity);
  }

  Scope masked(Optional<Operand<TBool>> rows) {
    return new Scope(axis, indices, rows, validity);
  }

  Scope valid() {
    return new Scope(axis, indices, mask, Validity.VALID_ROWS);
  }

  /** For a branch of this value that is taken where the condition holds. */
  Scope where(GraphBuilder builder, Operand<TBool> condition, Formula branch) {
    if (!hasPoles(branch)) {
      return masked(Optional.empty());
    }
    return masked(
        Optional.of(
            mask.<Operand<TBool>>map(m -> builder.tf().math.logicalAnd(m, condition))
                .orElse(condition)));
  }

  private static boolean hasPoles(Formula formula) {
    return Formulas.contains(
        formula, part -> part instanceof Formula.Apply a && hasPole(a.operation()));
  }

  private static boolean hasPole(Operation operation) {
    return operation == Operation.DIVIDE
        || operation == Operation.POWER
        || operation == Operation.EXP
        || operation == Operation.LOG
        || operation == Operation.SQRT;
  }
}

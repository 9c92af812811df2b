package org.flowexp.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flowexp.units.Dimension;

/**
 * The canonical text of a formula, the same for the same formula and another for another; for
 * hashing, not for people. Operands keep their order; running indices are numbered from the outside
 * in, so their names do not matter.
 */
public final class FormulaText {
  private FormulaText() {}

  /** The text, in prefix form. */
  public static String of(Formula formula) {
    return text(formula, List.of());
  }

  /**
   * @param indices the names of the running indices in scope, the outermost first
   */
  private static String text(Formula formula, List<String> indices) {
    if (formula instanceof Formula.Number number) {
      return number.value() + dimension(number.dimension());
    }
    if (formula instanceof Formula.Truth truth) {
      return truth.value() ? "true" : "false";
    }
    if (formula instanceof Formula.Variable variable) {
      return "$" + quoted(variable.name());
    }
    if (formula instanceof Formula.RunningIndex index) {
      int place = indices.lastIndexOf(index.name());
      return place < 0 ? "#" + quoted(index.name()) : "#" + place;
    }
    if (formula instanceof Formula.SumOver sum) {
      List<String> inner = new ArrayList<>(indices);
      inner.add(sum.index().name());
      return "(sum " + sum.from() + ".." + sum.to() + " " + text(sum.body(), inner) + ")";
    }
    String parts =
        Formulas.parts(formula).stream()
            .map(part -> " " + text(part, indices))
            .collect(Collectors.joining());
    return "(" + head(formula) + parts + ")";
  }

  private static String head(Formula formula) {
    if (formula instanceof Formula.Rotated rotated) {
      return "rotated " + quoted(rotated.matrix().canonical());
    }
    if (formula instanceof Formula.Measured measured) {
      return measured.measure().name() + " " + measured.places() + " of " + measured.count();
    }
    if (formula instanceof Formula.Apply apply) {
      return apply.operation().name();
    }
    if (formula instanceof Formula.Reduce reduce) {
      return "reduce " + reduce.reduction().name();
    }
    if (formula instanceof Formula.Modes modes) {
      return "modes " + modes.measure().name() + " above " + modes.above();
    }
    if (formula instanceof Formula.Estimate estimate) {
      return "estimate " + estimate.estimator().name();
    }
    if (formula instanceof Formula.StandardError) {
      return "standard error";
    }
    if (formula instanceof Formula.Softmax) {
      return "softmax";
    }
    if (formula instanceof Formula.Stop) {
      return "stop";
    }
    return formula instanceof Formula.On on ? "on " + quoted(on.data()) : "element";
  }

  private static String dimension(Dimension dimension) {
    return dimension.isNone() ? "" : "{" + dimension + "}";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

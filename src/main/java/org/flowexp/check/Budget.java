package org.flowexp.check;

import java.util.IdentityHashMap;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.source.Span;

/**
 * Bounds what a short text can ask of the checker. The language is total, but ten functions that
 * each call the one before twice are a thousand calls, and a hundred are more than ever end.
 */
final class Budget {
  /** Every phase walks through formulas and declarations by recursion. */
  private static final int MOST_LEVELS = 1_000;

  private static final int MOST_CALLS = 200_000;
  private static final double MOST_PARTS = 50_000;
  private static final double MOST_STEPS = 1e7;

  private final Diagnostics diagnostics;
  private final IdentityHashMap<Formula, Measure> measures = new IdentityHashMap<>();
  private int level;
  private int calls;

  /**
   * @param parts nodes of the tree
   * @param steps nodes met in one evaluation, for one sample
   */
  private record Measure(double parts, int levels, double steps) {}

  Budget(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** False, with a diagnostic, if expressions within expressions go too deep. */
  boolean enter(Span span) {
    level++;
    return level <= MOST_LEVELS
        || refuse("the definitions go more than 1,000 levels deep", "the next level", span);
  }

  void leave() {
    level--;
  }

  /**
   * False, with a diagnostic, if there have been too many calls. After any refusal too: each level
   * above would make its calls in vain, and there are exponentially many.
   */
  boolean call(Span span) {
    if (diagnostics.has(ValueErrors.TOO_LARGE)) {
      return false;
    }
    calls++;
    return calls <= MOST_CALLS
        || refuse("the functions come to more than 200,000 calls", "the next call", span);
  }

  /** False, with a diagnostic, if a formula has grown too large. */
  boolean holds(Formula formula, Span span) {
    Measure measure = measure(formula);
    return (measure.parts() <= MOST_PARTS
            && measure.levels() <= MOST_LEVELS
            && measure.steps() <= MOST_STEPS)
        || refuse(
            "the formula grows too large",
            measure.steps() > MOST_STEPS
                ? "more than 10,000,000 terms for each sample"
                : "more than 50,000 parts, or 1,000 levels",
            span);
  }

  /** Nodes met in one evaluation. */
  double steps(Formula formula) {
    return measure(formula).steps();
  }

  private Measure measure(Formula formula) {
    Measure known = measures.get(formula);
    if (known == null) {
      double parts = 1;
      double steps = 0;
      int levels = 0;
      for (Formula part : Formulas.parts(formula)) {
        Measure inner = measure(part);
        parts += inner.parts();
        steps += inner.steps();
        levels = Math.max(levels, inner.levels());
      }
      double repeats =
          formula instanceof Formula.SumOver sum ? (double) sum.to() - sum.from() + 1 : 1;
      known = new Measure(parts, 1 + levels, 1 + repeats * steps);
      measures.put(formula, known);
    }
    return known;
  }

  /** Once for a file: what is refused here is met again on every other way to it. */
  private boolean refuse(String message, String label, Span span) {
    if (!diagnostics.has(ValueErrors.TOO_LARGE)) {
      diagnostics.add(ValueErrors.tooLarge(message, label, span));
    }
    return false;
  }
}

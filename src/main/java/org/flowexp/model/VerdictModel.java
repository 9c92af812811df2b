package org.flowexp.model;

import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Formula;

/**
 * Something the last evaluation must show.
 *
 * @param condition a truth value over the variables of {@code uses}, each one value per seed
 * @param text the condition as written
 */
public record VerdictModel(
    String title, Kind kind, Formula condition, String text, List<MetricUse> uses) {
  public VerdictModel {
    uses = List.copyOf(uses);
  }

  /**
   * A metric of one arm, as a variable of the condition.
   *
   * @param variable the name in the formula
   * @param arm the value on each axis but the seeds, in order; empty asks of every arm
   */
  public record MetricUse(String variable, String metric, Optional<List<String>> arm) {}

  /** What kind of question it is. */
  public sealed interface Kind {
    record Expectation() implements Kind {}

    /** Near the recorded baseline. */
    record WithinBaseline(Band band) implements Kind {}

    /**
     * By an exact one-sided test over seeds.
     *
     * @param comparison of the arms; empty if one of them is not run
     */
    record Claim(double confidence, Pairing pairing, Optional<Comparison> comparison)
        implements Kind {
      /** Not examined for fairness: differences seed by seed. */
      public Claim(double confidence) {
        this(confidence, Pairing.BY_SEED, Optional.empty());
      }
    }
  }

  /** What a claim's two sides have in common. */
  public enum Pairing {
    /** Sides of one seed belong together. */
    BY_SEED,
    /** Nothing: either side is a sample by itself. */
    NONE
  }
}

package org.flowexp.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which variables of its context a formula's value depends on, so that only these are computed:
 * {@code log_w} stands for {@code log_w}, {@code u} and {@code log_q}, {@code log_p} for {@code
 * log_p} and {@code u}.
 *
 * @param here names in the formula's own context
 * @param on names in the context of other samples, by the key of their data
 */
public record Readings(Set<String> here, Map<String, Set<String>> on) {
  /** The estimate of log Z that a loss carries from batch to batch. */
  public static final String RUNNING_LOG_Z = "running_log_z";

  /** Copies the names. */
  public Readings {
    here = Set.copyOf(here);
    on = Map.copyOf(on);
  }

  /** Of one formula. */
  public static Readings of(Formula formula) {
    return of(List.of(formula));
  }

  /** Of several together. */
  public static Readings of(List<Formula> formulas) {
    Set<String> here = new TreeSet<>();
    Map<String, Set<String>> on = new TreeMap<>();
    formulas.forEach(formula -> collect(formula, here, on));
    return new Readings(here, on);
  }

  private static void collect(Formula formula, Set<String> here, Map<String, Set<String>> on) {
    if (formula instanceof Formula.Variable variable) {
      here.addAll(needed(variable.name()));
    } else if (formula instanceof Formula.On other) {
      collect(other.body(), on.computeIfAbsent(other.data(), key -> new TreeSet<>()), on);
    } else {
      Formulas.parts(formula).forEach(part -> collect(part, here, on));
    }
  }

  private static List<String> needed(String name) {
    return switch (name) {
      case "log_w" -> List.of("log_w", "u", "log_q");
      case RUNNING_LOG_Z -> List.of(RUNNING_LOG_Z, "log_w", "u", "log_q");
      case "log_p" -> List.of("log_p", "u");
      default -> List.of(name);
    };
  }
}

package org.flowexp.stage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long the stages that are not kept may take, one after the other.
 *
 * @param seconds of those of which something is known
 * @param counts of stages, by what their time is taken from
 */
public record TimeLeft(double seconds, Map<Basis, Integer> counts) {
  public TimeLeft {
    counts = java.util.Collections.unmodifiableMap(counts);
  }

  /** Where an expected time comes from. */
  public enum Basis {
    /** The stage itself was run. */
    MEASURED("measured", "measured before"),
    /** A stage that differs in its seed or in how much of the same it does. */
    LIKE("like", "by kept stages that differ in seed or length"),
    /** A stage of the same flow and system, that does something else with it. */
    ROUGH("rough", "roughly, by other stages of the same flow or sampler"),
    /** Nothing near was run. */
    UNKNOWN("unknown", "like nothing that was run here");

    private final String word;
    private final String words;

    Basis(String word, String words) {
      this.word = word;
      this.words = words;
    }

    /** As it stands in JSON. */
    public String word() {
      return word;
    }

    /** For a person, after a number of stages. */
    public String words() {
      return words;
    }
  }

  static TimeLeft of(List<Plan.Planned> left) {
    Map<Basis, Integer> counts = new EnumMap<>(Basis.class);
    double seconds = 0;
    for (Plan.Planned stage : left) {
      counts.merge(stage.basis(), 1, Integer::sum);
      seconds += stage.seconds().orElse(0.0);
    }
    return new TimeLeft(seconds, counts);
  }

  /** How many stages are left. */
  public int stages() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of how many of them nothing is known. */
  public int unknown() {
    return counts.getOrDefault(Basis.UNKNOWN, 0);
  }
}

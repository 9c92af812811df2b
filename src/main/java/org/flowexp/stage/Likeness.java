package org.flowexp.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is kept that is almost a stage: it tells why the stage is not, and how long it may take. */
final class Likeness {
  private static final int MOST_DIFFERENCES = 3;
  private static final int LONGEST_VALUE = 40;

  /** What does not change how long a step or a sample takes. */
  private static final Set<String> FREE = Set.of("seed", "steps", "count", "step");

  private final List<StageEntry> entries;

  Likeness(List<StageEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * {@code differs from the cached phase `repair` in: steps 800 → 400}, or that nothing is near.
   */
  String why(Stage<?> stage) {
    return entries.stream()
        .filter(entry -> entry.kind().equals(stage.kind()))
        .filter(entry -> !entry.key().equals(stage.key()))
        .min(Comparator.comparingInt((StageEntry entry) -> differences(entry, stage).size()))
        .filter(entry -> isNear(differences(entry, stage)))
        .map(
            entry ->
                "differs from the cached "
                    + entry.kind()
                    + " `"
                    + entry.name()
                    + "` in: "
                    + String.join(
                        ", ",
                        differences(entry, stage).stream()
                            .map(trait -> shown(trait, entry, stage))
                            .toList()))
        .orElse("not run yet");
  }

  private static boolean isNear(Set<String> differences) {
    return !differences.isEmpty()
        && differences.size() <= MOST_DIFFERENCES
        && !differences.contains("phase");
  }

  private static String shown(String trait, StageEntry entry, Stage<?> stage) {
    String before = entry.traits().getOrDefault(trait, "none");
    String now = stage.traits().getOrDefault(trait, "none");
    boolean isShort = before.length() <= LONGEST_VALUE && now.length() <= LONGEST_VALUE;
    return isShort ? trait + " " + before + " → " + now : trait;
  }

  private static Set<String> differences(StageEntry entry, Stage<?> stage) {
    Set<String> names = new TreeSet<>(entry.traits().keySet());
    names.addAll(stage.traits().keySet());
    names.removeIf(name -> Objects.equals(entry.traits().get(name), stage.traits().get(name)));
    return names;
  }

  /** From those that do the same work a step or a sample; the mean of what they took. */
  Optional<Double> seconds(Stage<?> stage) {
    List<Double> like = new ArrayList<>();
    for (StageEntry entry : entries) {
      if (entry.key().equals(stage.key())) {
        return Optional.of(entry.seconds());
      }
      if (entry.kind().equals(stage.kind()) && doesTheSame(entry.traits(), stage.traits())) {
        like.add(entry.seconds() * amount(stage.traits()) / amount(entry.traits()));
      }
    }
    return like.isEmpty()
        ? Optional.empty()
        : Optional.of(like.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  private static boolean doesTheSame(Map<String, String> kept, Map<String, String> wanted) {
    Set<String> names = new TreeSet<>(kept.keySet());
    names.addAll(wanted.keySet());
    return names.stream()
        .filter(name -> !FREE.contains(name) && !name.startsWith("phase"))
        .allMatch(name -> Objects.equals(kept.get(name), wanted.get(name)));
  }

  private static double amount(Map<String, String> traits) {
    String text = traits.getOrDefault("steps", "1");
    return Math.max(1, Double.parseDouble(text));
  }
}

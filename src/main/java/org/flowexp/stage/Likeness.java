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
  private static final Set<String> FREE =
      Set.of("seed", "initial", "steps", "count", "sweeps", "step", "evaluate_on");

  /** What may differ besides if another stage of the flow or the sampler has to do. */
  private static final Set<String> FREE_IF_ROUGH =
      Set.of(
          "seed",
          "initial",
          "steps",
          "count",
          "sweeps",
          "step",
          "evaluate_on",
          "batch",
          "minimize",
          "beta",
          "optimizer",
          "data",
          "metrics",
          "sampler");

  private static final List<String> AMOUNTS = List.of("steps", "sweeps", "evaluate_on");

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

  /**
   * What a stage may take.
   *
   * @param seconds empty if nothing near is kept
   */
  record Expected(Optional<Double> seconds, TimeLeft.Basis basis) {}

  /**
   * What it took itself; else the mean over those that do the same work a step or a sample; else
   * over those of the same flow and system, or the same sampler.
   */
  Expected seconds(Stage<?> stage) {
    List<Double> like = new ArrayList<>();
    List<Double> rough = new ArrayList<>();
    for (StageEntry entry : entries) {
      if (entry.key().equals(stage.key())) {
        return new Expected(Optional.of(entry.seconds()), TimeLeft.Basis.MEASURED);
      }
      if (entry.kind().equals(stage.kind())) {
        double scaled = entry.seconds() * amount(stage.traits()) / amount(entry.traits());
        if (doesTheSame(entry.traits(), stage.traits(), FREE)) {
          like.add(scaled);
        } else if (doesTheSame(entry.traits(), stage.traits(), FREE_IF_ROUGH)) {
          rough.add(scaled * batch(stage.traits()) / batch(entry.traits()));
        }
      }
    }
    if (!like.isEmpty()) {
      return new Expected(mean(like), TimeLeft.Basis.LIKE);
    }
    return rough.isEmpty()
        ? new Expected(Optional.empty(), TimeLeft.Basis.UNKNOWN)
        : new Expected(mean(rough), TimeLeft.Basis.ROUGH);
  }

  private static Optional<Double> mean(List<Double> seconds) {
    return Optional.of(seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  private static boolean doesTheSame(
      Map<String, String> kept, Map<String, String> wanted, Set<String> free) {
    Set<String> names = new TreeSet<>(kept.keySet());
    names.addAll(wanted.keySet());
    return names.stream()
        .filter(name -> !free.contains(name) && !name.startsWith("phase"))
        .allMatch(name -> Objects.equals(kept.get(name), wanted.get(name)));
  }

  /** Steps, or samples that are evaluated or drawn. */
  private static double amount(Map<String, String> traits) {
    double amount = 1;
    for (String measure : AMOUNTS) {
      amount *= Math.max(1, Double.parseDouble(traits.getOrDefault(measure, "1")));
    }
    return amount;
  }

  private static double batch(Map<String, String> traits) {
    return Math.max(1, Double.parseDouble(traits.getOrDefault("batch", "1")));
  }
}

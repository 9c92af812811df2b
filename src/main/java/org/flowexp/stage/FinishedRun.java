package org.flowexp.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, as the record on disk has it.
 *
 * @param id of the run; the same for the same arm of the same sweep
 * @param hash of the resolved experiment and the arithmetic
 * @param arithmetic its word: the precision, and on what and how it was computed
 * @param name {@code sweep/arm}, or of the experiment where there is no sweep
 * @param axes the value on each axis of the sweep
 * @param canonical form of the resolved experiment
 * @param architecture the canonical form of its flow: parameters fit no other
 * @param phase the key of the last phase
 * @param parameters SHA-256 of the parameters at its end
 * @param finished milliseconds since 1970
 */
public record FinishedRun(
    String id,
    String hash,
    String name,
    String arithmetic,
    Map<String, String> axes,
    Map<String, String> params,
    String canonical,
    String architecture,
    String phase,
    String parameters,
    Map<String, Double> metrics,
    long energyEvaluations,
    long finished,
    Optional<RunSource> source) {
  /** Keeps the order of maps. */
  public FinishedRun {
    axes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
    metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The word of the precision. */
  public String precision() {
    return Arithmetic.of(arithmetic).precision();
  }

  /** The name after that of its file: runs of two files may have the same name. */
  public String fullName() {
    return source.map(written -> written.stem() + "/" + name).orElse(name);
  }

  /** Whether a person may mean this run: by its name, or the beginning of its id or hash. */
  boolean isCalled(String reference) {
    boolean hexadecimal = reference.matches("[0-9a-f]{6,64}");
    return name.equals(reference)
        || fullName().equals(reference)
        || (hexadecimal && (id.startsWith(reference) || hash.startsWith(reference)));
  }

  /** Newest first. */
  static List<FinishedRun> newestFirst(List<FinishedRun> runs) {
    return runs.stream()
        .sorted(
            java.util.Comparator.comparingLong(FinishedRun::finished)
                .reversed()
                .thenComparing(FinishedRun::id))
        .toList();
  }
}

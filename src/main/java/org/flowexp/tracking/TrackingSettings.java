package org.flowexp.tracking;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a tracker needs besides its target.
 *
 * @param experiment the MLflow experiment, for example {@code double-well-12d/losses}
 * @param journal the folder of journals
 * @param sourceTags put on every run; see {@link #sourceTags(String, Optional)}
 * @param deadline how long one request may take
 * @param messages sentences for the user: waiting for an installation, a server that cannot be
 *     reached
 */
public record TrackingSettings(
    String experiment,
    Path journal,
    Map<String, String> sourceTags,
    Duration deadline,
    Consumer<String> messages) {
  /** Long for a batch of 1,000 values (0.3 s), short for a user who waits for a dead server. */
  public static final Duration USUAL_DEADLINE = Duration.ofSeconds(15);

  public TrackingSettings {
    if (experiment.isBlank()) {
      throw new IllegalArgumentException("an MLflow experiment needs a name");
    }
    sourceTags = Map.copyOf(sourceTags);
  }

  /** MLflow's tags for the file a run comes from and the commit it was at. */
  public static Map<String, String> sourceTags(String file, Optional<String> commit) {
    Map<String, String> tags = new HashMap<>();
    tags.put("mlflow.source.name", file);
    tags.put("mlflow.source.type", "LOCAL");
    commit.ifPresent(hash -> tags.put("mlflow.source.git.commit", hash));
    return Map.copyOf(tags);
  }
}

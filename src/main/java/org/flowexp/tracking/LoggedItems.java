package org.flowexp.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.PhaseStarted;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunNoted;
import org.flowexp.run.RunEvent.RunRepeated;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunEvent.SweepStarted;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/** What a stretch of a journal says in MLflow's words. */
final class LoggedItems {
  private static final String NOTE = "mlflow.note.content";

  final List<Metric> metrics = new ArrayList<>();
  final Map<String, String> params = new HashMap<>();
  final Map<String, String> tags = new HashMap<>();
  private final Set<String> paramNames;

  /**
   * @param paramNames of the run: MLflow's page shows neither if a tag and a parameter share a name
   */
  LoggedItems(Set<String> paramNames) {
    this.paramNames = paramNames;
  }

  void add(JournalEntry entry) {
    RunEvent event = entry.event();
    if (event instanceof RunStarted started) {
      params.putAll(started.run().params());
      tag(started.run().tags());
      tag(Map.of("declaration", started.run().experiment()));
    } else if (event instanceof SweepStarted started) {
      params.putAll(started.sharedParams());
      tag(started.tags());
      if (!started.description().isBlank()) {
        tag(Map.of(NOTE, started.description()));
      }
    } else if (event instanceof RunRepeated) {
      tag(Map.of("repeated", Instant.ofEpochMilli(entry.at()).toString()));
    } else if (event instanceof RunNoted noted) {
      tag(noted.tags());
    } else if (event instanceof PhaseStarted phase) {
      tag(Map.of("phase", phase.phase()));
    } else if (event instanceof StepLogged logged) {
      measure("train/", entry.at(), logged.step(), logged.values());
    } else if (event instanceof Evaluated evaluated) {
      measure("eval/", entry.at(), evaluated.step(), evaluated.values());
    } else if (event instanceof RunFinished finished) {
      measure("final/", entry.at(), finished.step(), finished.metrics());
      tag(finished.tags());
      finished.message().ifPresent(message -> tag(Map.of("message", message)));
    } else if (event instanceof SweepFinished finished) {
      measure("arms/", entry.at(), 0, finished.metrics());
      tag(finished.tags());
    }
  }

  List<Param> paramList() {
    List<Param> list = new ArrayList<>();
    params.forEach(
        (name, value) ->
            list.add(
                Param.newBuilder().setKey(MlflowNames.accepted(name)).setValue(value).build()));
    return list;
  }

  List<RunTag> tagList() {
    List<RunTag> list = new ArrayList<>();
    tags.forEach(
        (name, value) ->
            list.add(
                RunTag.newBuilder().setKey(MlflowNames.accepted(name)).setValue(value).build()));
    return list;
  }

  private void tag(Map<String, String> more) {
    more.forEach((name, value) -> tags.put(apart(name), value));
  }

  private String apart(String name) {
    return paramNames.contains(name) ? "tag." + name : name;
  }

  /**
   * An infinity would be stored as 1.8e308 and flatten the chart: it is a gap there, and a tag says
   * what it was.
   */
  private void measure(String section, long at, long step, Map<String, Double> values) {
    values.forEach(
        (name, value) -> {
          String key = MlflowNames.accepted(section + name);
          if (value.isInfinite()) {
            tag(Map.of("infinite." + key, value + " at step " + step));
          }
          metrics.add(
              Metric.newBuilder()
                  .setKey(key)
                  .setValue(value.isInfinite() ? Double.NaN : value)
                  .setTimestamp(at)
                  .setStep(step)
                  .build());
        });
  }
}

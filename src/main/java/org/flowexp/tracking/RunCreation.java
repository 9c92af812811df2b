package org.flowexp.tracking;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.SweepStarted;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;

/**
 * Makes the MLflow run of a journal, or finds it if a process died between making it and noting so.
 */
final class RunCreation {
  /** The journal a run was sent from: the key of its id, and when it was opened. */
  private static final String JOURNAL = "flowexp.journal";

  /** The stable id of a run or sweep, by which other machines find a trial's sweep. */
  static final String ID = "flowexp.id";

  private static final String PARENT = "mlflow.parentRunId";

  private final MlflowConnection mlflow;
  private final String target;
  private final ExperimentLookup experiments;

  RunCreation(MlflowConnection mlflow, String target, Consumer<String> messages) {
    this.mlflow = mlflow;
    this.target = target;
    this.experiments = new ExperimentLookup(mlflow, messages);
  }

  SentMark create(JournalFiles files, JournalReader.Start start) throws IOException {
    String experiment = experiments.idOf(start.header().experiment());
    RunEvent first = start.first().event();
    String id = JournalFiles.of(files.folder(), first.subject()).key();
    String journal = id + "@" + start.header().openedAt();
    Optional<RunInfo> found = find(experiment, JOURNAL, journal);
    String runId;
    if (found.isPresent()) {
      runId = found.get().getRunId();
    } else {
      Map<String, String> tags = new HashMap<>(start.header().sourceTags());
      tags.put(JOURNAL, journal);
      tags.put(ID, id);
      tags.putAll(place(files, experiment, first));
      runId = create(experiment, nameOf(first), start.first().at(), tags);
    }
    return new SentMark(target, experiment, runId, start.offset(), false);
  }

  boolean isThere(String runId) throws IOException {
    try {
      return info(runId).getLifecycleStage().equals("active");
    } catch (RequestRejected gone) {
      return false;
    }
  }

  /** A run that was killed and goes on is running again. */
  void reopen(String runId) throws IOException {
    if (info(runId).getStatus() != RunStatus.RUNNING) {
      mlflow.run(client -> client.setTerminated(runId, RunStatus.RUNNING, 0));
    }
  }

  String artifactUri(String runId) throws IOException {
    return info(runId).getArtifactUri();
  }

  private RunInfo info(String runId) throws IOException {
    return mlflow.ask(client -> client.getRun(runId).getInfo());
  }

  private String create(String experiment, String name, long at, Map<String, String> tags)
      throws IOException {
    CreateRun.Builder request =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(name)
            .setUserId(System.getProperty("user.name"))
            .setStartTime(at);
    tags.forEach(
        (key, value) -> request.addTags(RunTag.newBuilder().setKey(key).setValue(value).build()));
    return mlflow.ask(client -> client.createRun(request.build()).getRunId());
  }

  /** Its role, and the sweep it belongs to. */
  private Map<String, String> place(JournalFiles files, String experiment, RunEvent first)
      throws IOException {
    if (!(first instanceof RunStarted started)) {
      return Map.of("role", "sweep");
    }
    // MLflow's page would show a parameter of that name and this tag as one.
    String role = started.run().params().containsKey("role") ? "tag.role" : "role";
    if (started.run().sweep().isEmpty()) {
      return Map.of(role, "run");
    }
    Optional<String> parent = parent(files, experiment, started.run().sweep().get());
    return parent.isEmpty() ? Map.of(role, "trial") : Map.of(role, "trial", PARENT, parent.get());
  }

  /** A run that is repeated belongs to the sweep that asked last. */
  void adopt(JournalFiles files, SentMark run, Optional<String> sweep) throws IOException {
    if (sweep.isPresent()) {
      Optional<String> parent = parent(files, run.experimentId(), sweep.get());
      if (parent.isPresent()) {
        mlflow.run(client -> client.setTag(run.runId(), PARENT, parent.get()));
      }
    }
  }

  private Optional<String> parent(JournalFiles files, String experiment, String sweepId)
      throws IOException {
    JournalFiles sweep = JournalFiles.of(files.folder(), sweepId);
    Optional<String> parent =
        sweep.mark().filter(mark -> mark.target().equals(target)).map(SentMark::runId);
    return parent.isPresent() ? parent : find(experiment, ID, sweep.key()).map(RunInfo::getRunId);
  }

  private Optional<RunInfo> find(String experiment, String tag, String value) throws IOException {
    return find(mlflow, experiment, tag, value);
  }

  /** The newest run with this value of a tag. */
  static Optional<RunInfo> find(
      MlflowConnection mlflow, String experiment, String tag, String value) throws IOException {
    String filter = "tags.`" + tag + "` = '" + value + "'";
    return mlflow
        .ask(
            client ->
                client.searchRuns(
                    List.of(experiment),
                    filter,
                    ViewType.ACTIVE_ONLY,
                    1,
                    List.of("attributes.start_time DESC")))
        .getItems()
        .stream()
        .findFirst()
        .map(Run::getInfo);
  }

  private static String nameOf(RunEvent first) {
    if (first instanceof RunStarted started) {
      return started.run().name();
    }
    return first instanceof SweepStarted started ? started.name() : first.subject();
  }
}

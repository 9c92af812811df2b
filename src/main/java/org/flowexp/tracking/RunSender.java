package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.ArtifactWritten;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunRepeated;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunEvent.SweepStarted;
import org.flowexp.run.RunStatus;
import org.mlflow.api.proto.Service;

/**
 * Sends journals to MLflow, the same way during a run and long after it. What was acknowledged is
 * marked beside the journal; a crash between the two sends some lines twice, which MLflow takes for
 * the same points.
 */
final class RunSender {
  private static final int AT_A_TIME = 500;

  private final MlflowConnection mlflow;
  private final String target;
  private final RunCreation creation;
  private final BatchSender batches;
  private final ArtifactUpload upload;
  private final Consumer<String> messages;

  RunSender(MlflowConnection mlflow, String target, Consumer<String> messages) {
    this.mlflow = mlflow;
    this.target = target;
    this.creation = new RunCreation(mlflow, target, messages);
    this.batches = new BatchSender(mlflow, messages);
    this.upload = new ArtifactUpload(mlflow.uri(), mlflow.credentials());
    this.messages = messages;
  }

  /** Sends what is new in a journal; empty if nothing but a torn first line is in it. */
  Optional<SentMark> send(JournalFiles files) throws IOException {
    JournalReader reader = new JournalReader(files);
    Optional<JournalReader.Start> start = reader.start();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Optional<SentMark> earlier = files.mark().filter(mark -> mark.target().equals(target));
    SentMark mark = earlier.isPresent() ? earlier.get() : creation.create(files, start.get());
    files.write(mark);
    List<JournalReader.Line> lines = reader.entries(mark.offset(), AT_A_TIME);
    if (earlier.isPresent() && !lines.isEmpty() && !creation.isThere(mark.runId())) {
      messages.accept("The run " + files.key() + " is gone from MLflow; it is sent anew.");
      mark = creation.create(files, start.get());
      lines = reader.entries(mark.offset(), AT_A_TIME);
    }
    while (!lines.isEmpty()) {
      mark = send(files, mark, lines, paramNames(start.get().first().event()));
      files.write(mark);
      lines = reader.entries(mark.offset(), AT_A_TIME);
    }
    if (mark.complete()) {
      files.deleteArtifacts();
    }
    return Optional.of(mark);
  }

  private SentMark send(
      JournalFiles files, SentMark mark, List<JournalReader.Line> lines, Set<String> paramNames)
      throws IOException {
    LoggedItems items = new LoggedItems(paramNames);
    lines.forEach(line -> items.add(line.entry()));
    batches.send(mark.runId(), items);
    for (JournalReader.Line line : lines) {
      RunEvent event = line.entry().event();
      if (event instanceof ArtifactWritten artifact) {
        put(mark.runId(), artifact, files.artifacts().resolve(artifact.file()));
      } else if (event instanceof RunFinished finished) {
        end(mark.runId(), finished.status(), line.entry().at());
      } else if (event instanceof SweepFinished finished) {
        end(mark.runId(), finished.status(), line.entry().at());
      } else if (event instanceof RunRepeated repeated) {
        creation.adopt(files, mark, repeated.sweep());
      } else if (event instanceof RunStarted || event instanceof SweepStarted) {
        creation.reopen(mark.runId());
      }
    }
    JournalReader.Line last = lines.get(lines.size() - 1);
    return mark.upTo(last.end(), last.entry().isLast());
  }

  private void put(String runId, ArtifactWritten artifact, Path copy) throws IOException {
    if (!Files.exists(copy)) {
      messages.accept("The artifact " + artifact.name() + " is no longer in the journal.");
      return;
    }
    try {
      upload.put(creation.artifactUri(runId), artifact.name(), copy, artifact.mediaType());
    } catch (RequestRejected refused) {
      messages.accept(
          "MLflow does not take the artifact " + artifact.name() + ": " + refused.getMessage());
    }
  }

  private void end(String runId, RunStatus status, long at) throws IOException {
    var word = Service.RunStatus.valueOf(status.name());
    mlflow.run(client -> client.setTerminated(runId, word, at));
  }

  private static Set<String> paramNames(RunEvent first) {
    if (first instanceof RunStarted started) {
      return started.run().params().keySet();
    }
    return first instanceof SweepStarted started ? started.sharedParams().keySet() : Set.of();
  }
}

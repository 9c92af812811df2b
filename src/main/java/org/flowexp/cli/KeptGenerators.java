package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.model.Generators;
import org.flowexp.model.InitialModel;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.PhaseRecord;

/** Generators of finished runs in the cache folder, and of checkpoints anywhere. */
final class KeptGenerators implements Generators {
  private final FinishedRuns runs;

  KeptGenerators(Settings settings) {
    this.runs = new FinishedRuns(settings.folder(Setting.CACHE));
  }

  @Override
  public Found run(String reference) {
    try {
      List<FinishedRun> found = runs.find(reference);
      if (found.isEmpty()) {
        return new Missing("there is no finished run `" + reference + "`", known(reference));
      }
      FinishedRun newest = found.get(0);
      boolean sameName = found.stream().allMatch(run -> run.name().equals(newest.name()));
      if (!sameName) {
        return new Missing(
            "`" + reference + "` begins the hash of " + found.size() + " finished runs",
            "write more of its digits");
      }
      runs.parameters(newest);
      return new Generator(
          new InitialModel(newest.parameters(), runs.result(newest)), newest.architecture());
    } catch (NoSuchFileException deleted) {
      return new Missing(
          "the parameters of `" + reference + "` are no longer in the cache", "run it again");
    } catch (IOException refusal) {
      return new Missing(
          "the parameters of `" + reference + "` are refused: " + refusal.getMessage(),
          "run it again");
    }
  }

  private String known(String reference) throws IOException {
    List<String> names = runs.all().stream().map(FinishedRun::name).distinct().toList();
    Optional<String> nearest = NearestName.question(reference, names);
    if (nearest.isPresent()) {
      return nearest.get();
    }
    return names.isEmpty()
        ? "none is in the cache: run one first"
        : "there are " + String.join(", ", names.stream().limit(10).toList());
  }

  @Override
  public Found checkpoint(Path file) {
    try {
      String checksum = PhaseRecord.checksum(FinishedRuns.parameters(file));
      return new Generator(new InitialModel(checksum, file), FinishedRuns.architecture(file));
    } catch (NoSuchFileException missing) {
      return new Missing("there is no checkpoint " + file.getFileName(), "give the path of one");
    } catch (IOException refusal) {
      return new Missing(
          "the checkpoint " + file.getFileName() + " is refused: " + refusal.getMessage(),
          "give the path of another");
    }
  }
}

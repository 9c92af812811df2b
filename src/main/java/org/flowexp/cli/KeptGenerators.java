package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
      RunLookup.Answer answer = new RunLookup(runs).find(reference);
      if (answer.run().isEmpty()) {
        return new Missing(answer.problem(), answer.hint());
      }
      FinishedRun newest = answer.run().get();
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

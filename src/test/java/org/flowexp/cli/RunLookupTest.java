package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.RunSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of two files may have the same name; the file's name tells them apart. */
class RunLookupTest {
  @TempDir private Path cache;

  private FinishedRun kept(String id, String file, long finished) throws IOException {
    FinishedRun run =
        new FinishedRun(
            id,
            "f".repeat(64),
            "losses/seed=0",
            "float32",
            Map.of("seed", "0"),
            Map.of(),
            "",
            "",
            "",
            "",
            Map.of(),
            0,
            finished,
            Optional.of(
                new RunSource(file, "", "", List.of(), Optional.empty(), Optional.empty())));
    new FinishedRuns(cache).keep(run);
    return run;
  }

  @Test
  void aNameOfOneFileIsItsNewestRun() throws IOException {
    kept("a1", "experiments/wells.flowexp", 1);
    FinishedRun newest = kept("a2", "wells.flowexp", 2);
    RunLookup lookup = new RunLookup(new FinishedRuns(cache));
    assertEquals(Optional.of(newest), lookup.find("losses/seed=0").run());
    assertEquals(Optional.of(newest), lookup.find("wells/losses/seed=0").run());
  }

  @Test
  void aNameOfTwoFilesNeedsTheFile() throws IOException {
    FinishedRun wells = kept("a1", "experiments/wells.flowexp", 1);
    kept("b1", "experiments/rings.flowexp", 2);
    RunLookup lookup = new RunLookup(new FinishedRuns(cache));
    RunLookup.Answer either = lookup.find("losses/seed=0");
    assertEquals(Optional.empty(), either.run());
    assertTrue(either.hint().contains("`wells/losses/seed=0`"), either.hint());
    assertEquals(Optional.of(wells), lookup.find("wells/losses/seed=0").run());
  }
}

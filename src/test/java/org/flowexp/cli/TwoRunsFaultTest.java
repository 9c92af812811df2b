package org.flowexp.cli;

import static org.flowexp.cli.RunProcess.entries;
import static org.flowexp.cli.RunProcess.points;
import static org.flowexp.cli.RunProcess.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command twice at the same time, with one cache folder. */
@Tag("slow")
class TwoRunsFaultTest {
  @TempDir private Path directory;

  @Test
  void oneWorksAndTheOtherShares() throws Exception {
    Path calm = directory.resolve("calm");
    new RunProcess(directory).finish(calm);
    String expected = Files.readString(directory.resolve("out"));
    SplittableRandom random = new SplittableRandom(3);
    int tried = 6;
    int waited = 0;
    for (int i = 0; i < tried; i++) {
      Path cache = directory.resolve("cache" + i);
      Path first = Files.createDirectory(directory.resolve("first" + i));
      Path second = Files.createDirectory(directory.resolve("second" + i));
      Process one = new RunProcess(first).start(cache);
      Thread.sleep(random.nextInt(1_500));
      Process two = new RunProcess(second).start(cache);
      for (Process process : List.of(one, two)) {
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        String said = new RunProcess(first).errors() + new RunProcess(second).errors();
        assertEquals(ExitCode.OK, process.exitValue(), said);
      }
      assertEquals(expected, Files.readString(first.resolve("out")));
      assertEquals(expected, Files.readString(second.resolve("out")));
      String said = new RunProcess(first).errors() + new RunProcess(second).errors();
      waited += said.contains("waiting for another process") ? 1 : 0;
      assertFalse(said.contains("refused") || said.contains("FX09"), said);
      assertEquals(2, entries(cache, "phase"));
      assertEquals(List.of(), ToyRun.files(cache, ".*\\.(part|new|refused.*)"));
      assertEquals(records(calm), records(cache));
      assertEquals(
          points(calm).values().iterator().next().stream().distinct().count(),
          points(cache).values().iterator().next().stream().distinct().count());
    }
    assertTrue(waited > 0, "they never met");
    Faults.record(
        "two identical runs at once",
        new Faults.Count(tried, tried, 0),
        "in "
            + waited
            + " one waited for a stage of the other; each stage run once, one journal, the same results from both, no torn file");
  }
}

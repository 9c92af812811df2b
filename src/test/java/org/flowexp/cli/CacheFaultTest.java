package org.flowexp.cli;

import static org.flowexp.cli.RunProcess.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.flowexp.stage.FinishedRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of a cache folder in which something is wrong. */
class CacheFaultTest {
  private static final String CHECKPOINTS = "checkpoints/.*\\.checkpoint";

  @TempDir private Path directory;
  private ToyRun toy;
  private Path calm;

  @BeforeEach
  void prepare() throws IOException {
    toy = new ToyRun(directory);
    calm = directory.resolve("calm");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidBeforeAnythingRuns() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "no folder");
    for (Path cache : List.of(file, file.resolve("below"), Path.of("/proc/flowexp"))) {
      Terminal.Answer answer = toy.run(cache);
      assertEquals(ExitCode.RUNTIME, answer.code(), answer.err());
      String begin = "error[FX0700]: the cache folder " + cache + " (FLOWEXP_CACHE) cannot be";
      assertTrue(answer.err().startsWith(begin), answer.err());
      assertTrue(answer.err().contains("= help: set FLOWEXP_CACHE"), answer.err());
      assertEquals(2, answer.err().lines().count(), "nothing else was begun");
    }
    assertEquals("no folder", Files.readString(file));
  }

  @Test
  void anExperimentStartsFromACheckpointOrSaysWhyNot() throws IOException {
    Terminal.Answer stopped = toy.stopAfter(40, calm);
    assertEquals(ExitCode.INTERRUPTED, stopped.code(), stopped.err());
    List<Path> files = ToyRun.files(calm, CHECKPOINTS);
    Path newest = files.get(files.size() - 1);
    Path kept = Files.copy(newest, directory.resolve("kept.checkpoint"));
    ToyRun from =
        new ToyRun(directory)
            .replacing("seed = seed,", "seed = seed, initial = \"kept.checkpoint\",")
            .replacing("150 steps", "0 steps");
    Path other = directory.resolve("other");
    Terminal.Answer answer = from.run(other);
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    FinishedRuns runs = new FinishedRuns(other);
    assertTrue(
        Arrays.equals(FinishedRuns.parameters(kept), runs.parameters(runs.all().get(0))),
        "without a step, the same");

    Terminal.Answer wide = from.run(other, "--set", "width=9");
    assertEquals(ExitCode.REJECTED, wide.code());
    assertTrue(wide.err().contains("[FX0520]: the parameters are of another"), wide.err());
    byte[] bytes = Files.readAllBytes(kept);
    Files.write(kept, Arrays.copyOf(bytes, bytes.length - 1));
    Terminal.Answer cut = from.run(other);
    assertEquals(ExitCode.REJECTED, cut.code());
    assertTrue(cut.err().contains("kept.checkpoint is refused: it holds"), cut.err());
  }

  @Test
  @Tag("slow")
  void damagedEntriesAreRefusedAndMadeAgain() throws IOException {
    Terminal.Answer whole = toy.run(calm, "--format", "json");
    SplittableRandom random = new SplittableRandom(1);
    List<Path> files = ToyRun.files(calm, "stages/[a-z]+-[0-9a-f]+/(result.flowexp|stage.json)");
    int tried = 0;
    int refused = 0;
    for (Path file : files) {
      for (int i = 0; i < 4; i++) {
        Path cache = directory.resolve("damaged" + tried++);
        ToyRun.copy(calm, cache);
        damage(cache.resolve(calm.relativize(file).toString()), i, random);
        Terminal.Answer answer = toy.run(cache, "--format", "json");
        assertEquals(whole.out(), answer.out(), answer.err());
        assertEquals(records(calm), records(cache));
        boolean said = answer.err().contains(" is refused: it");
        refused += said ? 1 : 0;
        assertTrue(said || file.endsWith("stage.json"), () -> file + ": " + answer.err());
        assertFalse(answer.err().contains("FX09"), answer.err());
      }
    }
    assertTrue(refused > tried / 2, refused + " of " + tried);
    Faults.record(
        "cache entry cut or with a flipped bit",
        new Faults.Count(tried, tried, 0),
        refused
            + " refused with the reason, set aside and made again; the others had a word of `stage.json` changed that nothing depends on; results the same to the bit");
  }

  @Test
  @Tag("slow")
  void aDamagedOrForeignCheckpointGivesWayToTheOneBefore() throws IOException {
    toy.run(calm);
    Path foreign = directory.resolve("foreign");
    new ToyRun(directory).replacing("seed : int = 0", "seed : int = 1").stopAfter(60, foreign);
    Path stranger = ToyRun.files(foreign, CHECKPOINTS).get(0);
    Path stopped = directory.resolve("stopped");
    toy.stopAfter(60, stopped);
    SplittableRandom random = new SplittableRandom(2);
    int tried = 30;
    for (int i = 0; i < tried; i++) {
      Path cache = directory.resolve("damaged" + i);
      ToyRun.copy(stopped, cache);
      List<Path> files = ToyRun.files(cache, CHECKPOINTS);
      Path newest = files.get(files.size() - 1);
      if (i % 10 == 9) {
        Files.write(newest, Files.readAllBytes(stranger));
      } else {
        damage(newest, i, random);
      }
      Terminal.Answer answer = toy.run(cache);
      assertEquals(ExitCode.OK, answer.code(), answer.err());
      String why = i % 10 == 9 ? "it belongs to another training" : "it";
      assertTrue(answer.err().contains(".checkpoint is refused: " + why), answer.err());
      assertTrue(answer.err().contains("goes on after step"), "the one before: " + answer.err());
      assertEquals(records(calm), records(cache));
    }
    Faults.record(
        "newest checkpoint cut, with a flipped bit, or of another training",
        new Faults.Count(tried, tried, 0),
        "refused with the reason; went on from the one before, to the same bits");
  }

  /** Cuts a file, or flips a bit of it. */
  private static void damage(Path file, int number, SplittableRandom random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    if (number % 2 == 0) {
      Files.write(file, Arrays.copyOf(bytes, at));
    } else {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
    }
  }
}

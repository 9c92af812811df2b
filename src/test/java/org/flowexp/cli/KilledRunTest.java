package org.flowexp.cli;

import static org.flowexp.cli.RunProcess.entries;
import static org.flowexp.cli.RunProcess.newest;
import static org.flowexp.cli.RunProcess.points;
import static org.flowexp.cli.RunProcess.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed and started again, against one that never was; each in its own process. */
class KilledRunTest {
  private static final int PRETRAIN = 2_000;
  private static final int KILLS = 52;

  @TempDir private Path directory;
  private RunProcess program;
  private Path calm;

  @BeforeEach
  void prepare() {
    program = new RunProcess(directory);
    calm = directory.resolve("calm");
  }

  private static void killWhen(BooleanSupplier moment, Process process) throws Exception {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(2);
    }
    assertTrue(process.isAlive(), "ended before it could be killed");
    process.destroyForcibly().waitFor();
  }

  private void assertSame(Path killed) throws IOException {
    assertEquals(records(calm), records(killed));
    Map<String, List<String>> expected = points(calm);
    assertTrue(expected.values().stream().anyMatch(lines -> lines.size() > 70), "no points");
    Map<String, List<String>> found = points(killed);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((file, lines) -> assertLinesMatch(lines, found.get(file)));
  }

  @Test
  void aRunKilledInEachOfItsStagesEndsAsIfItHadNotBeen() throws Exception {
    Path killed = directory.resolve("killed");
    JsonNode expected = program.finish(calm);

    Process inPretraining = program.start(killed);
    killWhen(() -> newest(killed) > PRETRAIN / 10, inPretraining);
    assertEquals(0, entries(killed, "phase"));
    Process inRepair = program.start(killed);
    killWhen(() -> entries(killed, "phase") == 1 && newest(killed) > PRETRAIN / 10, inRepair);
    damageNewest(killed);
    JsonNode resumed = program.finish(killed);

    assertEquals(expected, resumed);
    assertSame(killed);
    String errors = program.errors();
    assertTrue(errors.contains("goes on after step"), errors);
    assertTrue(errors.contains("is refused: "), errors);
    try (Stream<Path> left = Files.list(killed.resolve("checkpoints"))) {
      assertEquals(0, left.count(), "checkpoints of finished phases are removed");
    }
  }

  /** As a disk that lost the end of a file would. */
  private static void damageNewest(Path cache) throws IOException {
    String name = "step-%012d.checkpoint".formatted(newest(cache));
    try (Stream<Path> files = Files.walk(cache.resolve("checkpoints"))) {
      Path file = files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  /** Waits until the run says that it goes on; the nanoseconds that took. */
  private static long begun(Path cache, Process process) throws Exception {
    long begin = System.nanoTime();
    long before = size(cache);
    while (process.isAlive() && size(cache) == before) {
      Thread.sleep(2);
    }
    return System.nanoTime() - begin;
  }

  private static long size(Path cache) throws IOException {
    long size = 0;
    if (Files.isDirectory(cache.resolve("journal"))) {
      for (Path file : ToyRun.files(cache.resolve("journal"), ".*\\.jsonl")) {
        size += Files.size(file);
      }
    }
    return size;
  }

  @Test
  @Tag("slow")
  void killedAtMomentsOfChanceItIsTheSame() throws Exception {
    program.finish(calm);
    long begin = System.nanoTime();
    program.finish(directory.resolve("again"));
    long nanos = System.nanoTime() - begin;
    SplittableRandom random = new SplittableRandom(20);
    int runs = 0;
    int resumptions = 0;
    Path killed = directory.resolve("killed");
    for (int kills = 0; kills < KILLS; ) {
      Process process = program.start(killed);
      long begun = begun(killed, process);
      boolean ended =
          process.waitFor((long) (random.nextDouble() * (nanos - begun)), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      kills += ended ? 0 : 1;
      resumptions += newest(killed) > 0 ? 1 : 0;
      if (ended || kills == KILLS) {
        if (!ended) {
          program.finish(killed);
        }
        assertSame(killed);
        runs++;
        killed = directory.resolve("killed" + runs);
      }
    }
    assertTrue(resumptions > KILLS / 4, resumptions + " of the kills left a checkpoint");
    assertNotEquals(records(calm), Map.of());
    Faults.record(
        "kill -9 at moments of chance",
        new Faults.Count(KILLS, KILLS, 0),
        "%d runs ended with the bits of one never killed (parameters, metrics, each point once); %d kills left a checkpoint of the training under way"
            .formatted(runs, resumptions));
  }
}

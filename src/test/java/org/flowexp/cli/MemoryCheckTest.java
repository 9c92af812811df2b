package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryCheckTest {
  @TempDir private Path directory;

  @Test
  void aBatchThatWillNotFitIsRefusedBeforeTrainingWithTheNumberThatDoes() throws IOException {
    ToyRun large =
        new ToyRun(directory)
            .replacing("batch = 128", "batch = 16_000_000")
            .replacing("256) = 8", "256) = 256");
    Path cache = directory.resolve("cache");
    Terminal.Answer plan = large.run(cache, request -> {}, "plan toy.flowexp", "--format", "json");
    JsonNode memory = new ObjectMapper().readTree(plan.out()).at("/sweeps/0/arms/0/memory");
    assertTrue(memory.has("bytes"), plan.out() + plan.err());
    assertTrue(memory.get("bytes").asLong() > 1L << 36, plan.out());
    String text = large.run(cache, request -> {}, "plan toy.flowexp").out();
    assertTrue(
        text.contains("  memory    about " + MemoryCheck.size(memory.get("bytes").asLong())));

    Terminal.Answer answer = large.run(cache);
    assertEquals(ExitCode.RUNTIME, answer.code());
    assertTrue(
        answer.err().startsWith("error[FX0701]: phase `pretrain` needs about "), answer.err());
    assertTrue(answer.err().contains(" rows in all batches of a step fit"), answer.err());
    assertFalse(Files.exists(cache.resolve("stages")), "nothing was run");
    assertFalse(Files.exists(cache.resolve("journal")), "nothing was begun");
    Faults.record(
        "a batch that will not fit",
        new Faults.Count(1, 1, 0),
        "refused before anything ran, by `plan`'s estimate, with the number of rows that fit (FX0701); the estimate is 0.9 to 1.33 of measured peaks");
  }

  @Test
  void theLimitIsASettingAndWhatFitsRuns() throws IOException {
    ToyRun toy = new ToyRun(directory).replacing("150 steps", "2 steps");
    Path cache = directory.resolve("cache");
    Terminal.Answer refused = toy.with("FLOWEXP_MEMORY", "1MB").run(cache);
    assertTrue(refused.err().contains("; 1.00 MB is free; nothing was run"), refused.err());
    assertTrue(
        refused.err().contains("more memory: not one row fits; FLOWEXP_MEMORY"), refused.err());
    assertEquals(ExitCode.OK, toy.with("FLOWEXP_MEMORY", "2GB").run(cache).code());
    assertEquals(ExitCode.OK, toy.with("FLOWEXP_MEMORY", "1MB").run(cache).code(), "all is kept");
    Terminal.Answer wrong = toy.with("FLOWEXP_MEMORY", "much").run(cache);
    assertEquals(ExitCode.USAGE, wrong.code());
    assertTrue(wrong.err().contains("expected auto, unchecked, or a size"), wrong.err());
  }

  @Test
  void samplesThatTheHeapHasNoRoomForAreRefused() throws IOException {
    ToyRun toy =
        new ToyRun(directory).replacing("evaluate_on = 500", "evaluate_on = 2_000_000_000");
    Terminal.Answer answer = toy.run(directory.resolve("cache"));
    assertEquals(ExitCode.RUNTIME, answer.code());
    assertTrue(answer.err().contains(" GB of the Java heap (1 run at once)"), answer.err());
    assertTrue(
        answer.err().startsWith("error[FX0702]: samples and data take about "), answer.err());
  }
}

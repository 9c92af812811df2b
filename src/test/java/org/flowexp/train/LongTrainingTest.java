package org.flowexp.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with the steps. The long one writes what it measured to {@code
 * target/long-training.md}.
 */
final class LongTrainingTest {
  private static final double MEGABYTE = 1e6;

  /** Of resident memory, between a tenth of the steps and their end. */
  private static final double MOST_GROWTH = 20 * MEGABYTE;

  /** Of Java's objects. */
  private static final double MOST_HEAP_GROWTH = 2 * MEGABYTE;

  @TempDir private Path folder;

  /** Bytes after so many steps. */
  private record Memory(long step, long resident, long heap) {
    static Memory read(String line) {
      long[] numbers = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
      return new Memory(numbers[0], numbers[1], numbers[2]);
    }

    String row() {
      return String.format(
          Locale.ROOT, "| %,d | %.1f | %.2f |", step, resident / MEGABYTE, heap / MEGABYTE);
    }
  }

  private List<Memory> after(String tensors, Integer... steps) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux counts resident memory");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraining.class.getName(),
                folder.toString(),
                tensors));
    Arrays.stream(steps).map(String::valueOf).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    List<Memory> seen = out.lines().map(Memory::read).toList();
    assertEquals(steps.length, seen.size(), out);
    return seen;
  }

  private static long growth(List<Memory> seen) {
    return seen.get(seen.size() - 1).resident() - seen.get(0).resident();
  }

  private static long heapGrowth(List<Memory> seen) {
    return seen.get(seen.size() - 1).heap() - seen.get(0).heap();
  }

  @Test
  @Tag("slow")
  void aHundredThousandStepsTakeTheMemoryOfTenThousand() throws Exception {
    List<Memory> seen = after("closed", 1_000, 10_000, 50_000, 100_000);
    write(seen);
    List<Memory> settled = seen.subList(1, seen.size());
    assertTrue(growth(settled) < MOST_GROWTH, seen::toString);
    assertTrue(heapGrowth(settled) < MOST_HEAP_GROWTH, seen::toString);
  }

  /** In a tenth of the steps four kilobytes a step are seen. */
  @Test
  @Tag("slow")
  void aTensorThatAStepLeavesOpenIsNoticed() throws Exception {
    List<Memory> seen = after("kept", 1_000, 10_000);
    assertTrue(growth(seen) > MOST_GROWTH, seen::toString);
  }

  private static void write(List<Memory> seen) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| steps | resident memory, MB | of it Java's objects, MB |");
    lines.add("|--:|--:|--:|");
    seen.forEach(memory -> lines.add(memory.row()));
    Files.writeString(Path.of("target/long-training.md"), String.join("\n", lines) + "\n");
  }
}

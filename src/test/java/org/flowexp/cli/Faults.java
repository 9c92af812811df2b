package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of faults that were tried for real, {@code reports/faults/faults.md}; a row is written
 * when its test passes under {@code -Dflowexp.faults=record}.
 */
public final class Faults {
  private static final Path TABLE = Path.of("reports/faults/faults.md");
  private static final String HEAD =
      """
      # Faults, tried for real

      Each row is written by the test of that fault when it passes:
      `mvn -Pslow test -Dtest='*Fault*Test,KilledRunTest,StoppedRunTest,MemoryCheckTest,SealedFileTest' -Dflowexp.faults=record`. A fault is *survived* if what the run leaves is what
      an undisturbed run leaves, or if the run says in one sentence what stands in its way and leaves what was there
      before whole; anything else is *lost*, and fails the test.

      | fault | tried | survived | lost | what was compared |
      |---|--:|--:|--:|---|
      """;

  private Faults() {}

  /** How often a fault was tried, and how it went. */
  public record Count(int tried, int survived, int lost) {}

  /** Notes a fault whose test passes. */
  public static void record(String fault, Count count, String compared) throws IOException {
    if (!"record".equals(System.getProperty("flowexp.faults"))) {
      return;
    }
    Map<String, String> rows = new TreeMap<>();
    if (Files.exists(TABLE)) {
      Files.readAllLines(TABLE).stream()
          .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
          .forEach(line -> rows.put(line.split("\\|", -1)[1].strip(), line));
    }
    rows.put(
        fault,
        "| %s | %d | %d | %d | %s |"
            .formatted(fault, count.tried, count.survived, count.lost, compared));
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, HEAD + String.join("\n", rows.values()) + "\n");
  }
}

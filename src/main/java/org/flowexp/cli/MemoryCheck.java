package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.flowexp.execution.RunSettings;
import org.flowexp.lower.MemoryEstimate;
import org.flowexp.model.SweepModel;
import org.flowexp.tensor.Precision;

/** Refuses a sweep that the memory has no room for, before a stage of it is run. */
final class MemoryCheck {
  private static final long MEGA = 1_000_000;
  private static final Path FREE = Path.of("/proc/meminfo");

  private final Settings settings;

  MemoryCheck(Settings settings) {
    this.settings = settings;
  }

  /**
   * Does nothing on a graphics card, whose memory is not the machine's, and where nobody knows what
   * is free.
   *
   * @throws RunFailure with what is needed, what is there, and a way out
   */
  void requireRoom(SweepModel sweep, RunSettings how) throws RunFailure {
    Optional<Long> free = free();
    if (how.device().isGpu() || free.isEmpty() || sweep.arms().isEmpty()) {
      return;
    }
    int width = how.precision() == Precision.FLOAT64 ? Double.BYTES : Float.BYTES;
    long atOnce = Math.min(how.threads(), sweep.arms().size());
    MemoryEstimate most =
        sweep.arms().stream()
            .map(arm -> MemoryEstimate.of(arm.experiment(), width))
            .max(Comparator.comparingLong(MemoryEstimate::bytes))
            .orElseThrow();
    if (most.bytes() > free.get() / atOnce) {
      throw new RunFailure(batch(most, atOnce, free.get()));
    }
    long heap = Runtime.getRuntime().maxMemory();
    long needed = most.data() + atOnce * most.samples();
    if (needed > heap) {
      throw new RunFailure(
          "[FX0702]: samples and data take about %s of the Java heap (%s at once); it may grow to %s; nothing was run\n   = help: fewer in `evaluate_on` or in the draw, `--threads 1`, or FLOWEXP_JAVA_OPTIONS=-Xmx%dm"
              .formatted(size(needed), runs(atOnce), size(heap), 2 * needed / MEGA));
    }
  }

  private static String batch(MemoryEstimate most, long atOnce, long free) {
    long fitting = most.fitting(free / atOnce);
    String fewer = atOnce == 1 ? "" : ", `--threads 1` runs one at a time";
    return "[FX0701]: phase `%s` needs about %s a run (%,d rows in a step of %s each), %s at once; %s is free; nothing was run\n   = help: %s%s; FLOWEXP_MEMORY sets another limit, or `unchecked`"
        .formatted(
            most.phase(),
            size(most.bytes()),
            most.batch(),
            size(Math.round(most.bytesPerRow())),
            runs(atOnce),
            size(free),
            fitting == 0
                ? "a smaller flow, or more memory: not one row fits"
                : String.format(Locale.ROOT, "%,d rows in all batches of a step fit", fitting),
            fewer);
  }

  private static String runs(long count) {
    return count == 1 ? "1 run" : count + " runs";
  }

  /** In decimal units, three digits. */
  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1_000;
      unit++;
    }
    int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, units[unit]);
  }

  /** Bytes that may be used: of the setting, else what Linux says a new program may have. */
  private Optional<Long> free() {
    String text = settings.text(Setting.MEMORY);
    if (!text.equals("auto")) {
      return text.equals("unchecked") ? Optional.empty() : Optional.of(bytes(text));
    }
    try {
      return Files.readAllLines(FREE).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .map(available -> Math.min(available, containerLimit()))
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  private static long bytes(String text) {
    long number = Long.parseLong(text.replaceAll("\\D", ""));
    return switch (text.replaceAll("\\d", "")) {
      case "kB" -> number * 1_000;
      case "MB" -> number * MEGA;
      default -> number * 1_000 * MEGA;
    };
  }

  /** The Java machine knows the limit of the container it is in. */
  private static long containerLimit() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}

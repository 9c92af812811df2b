package org.flowexp.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What this process has used of the machine. */
final class ProcessorClock {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private ProcessorClock() {}

  /**
   * Processor time in ns of all threads, in the program and in the kernel; on Linux it goes in
   * ticks of 10 ms.
   */
  static long nanos() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean process) {
      return process.getProcessCpuTime();
    }
    throw new IllegalStateException("this Java does not count its processor time");
  }

  /** The most memory in bytes that this process has had in use; Linux alone says. */
  static OptionalLong peakMemory() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

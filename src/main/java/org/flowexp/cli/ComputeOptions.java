package org.flowexp.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where and in which numbers to compute, on the command line. */
final class ComputeOptions {
  @Option(names = "--device", paramLabel = "cpu|gpu|gpu:1", description = "where to compute")
  private Optional<String> device = Optional.empty();

  @Option(names = "--precision", paramLabel = "float32|float64", description = "of the numbers")
  private Optional<String> precision = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "on the processor; 0: all cores")
  private Optional<String> threads = Optional.empty();

  /** What was given, the topmost layer of the settings; more may be added. */
  Map<Setting, String> given() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    device.ifPresent(text -> given.put(Setting.DEVICE, text));
    precision.ifPresent(text -> given.put(Setting.PRECISION, text));
    threads.ifPresent(text -> given.put(Setting.THREADS, text));
    return given;
  }
}

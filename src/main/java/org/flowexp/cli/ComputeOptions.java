package org.flowexp.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where and in which numbers to compute, on the command line. */
final class ComputeOptions {
  @Mixin private final NumberOptions numbers = new NumberOptions();

  @Option(names = "--threads", paramLabel = "N", description = "on the processor; 0: all cores")
  private Optional<String> threads = Optional.empty();

  /** What was given, the topmost layer of the settings; more may be added. */
  Map<Setting, String> given() {
    Map<Setting, String> given = numbers.given();
    threads.ifPresent(text -> given.put(Setting.THREADS, text));
    return given;
  }
}

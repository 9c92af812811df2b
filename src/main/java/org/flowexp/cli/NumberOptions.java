package org.flowexp.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the digits of a run depend on beside its file, on the command line. */
final class NumberOptions {
  @Option(names = "--device", paramLabel = "cpu|gpu|gpu:1", description = "where to compute")
  private Optional<String> device = Optional.empty();

  @Option(names = "--precision", paramLabel = "float32|float64", description = "of the numbers")
  private Optional<String> precision = Optional.empty();

  @Option(
      names = "--xla",
      description = "the steps of training compiled by XLA; changes the last digits",
      negatable = true)
  private Optional<Boolean> xla = Optional.empty();

  @Option(
      names = "--tf32",
      description = "on a graphics card: products of matrices with 10 bits of mantissa",
      negatable = true)
  private Optional<Boolean> tf32 = Optional.empty();

  /** What was given, the topmost layer of the settings; more may be added. */
  Map<Setting, String> given() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    device.ifPresent(text -> given.put(Setting.DEVICE, text));
    precision.ifPresent(text -> given.put(Setting.PRECISION, text));
    xla.ifPresent(wanted -> given.put(Setting.XLA, word(wanted)));
    tf32.ifPresent(wanted -> given.put(Setting.TF32, word(wanted)));
    return given;
  }

  private static String word(boolean wanted) {
    return wanted ? "on" : "off";
  }
}

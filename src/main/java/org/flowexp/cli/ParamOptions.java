package org.flowexp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where the params of a file get values from, on the command line of every verb that checks one.
 */
final class ParamOptions {
  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "gives a param a value")
  private final List<String> values = new ArrayList<>();

  @Option(names = "--profile", paramLabel = "NAME", description = "takes a profile's values")
  private Optional<String> profile = Optional.empty();

  /** As written: {@code name=value}. */
  List<String> values() {
    return List.copyOf(values);
  }

  Optional<String> profile() {
    return profile;
  }
}

package org.flowexp.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What all verbs have in common. */
abstract class Verb implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  /** Options of every verb. */
  static final class Common {
    @Option(
        names = "--format",
        paramLabel = "text|json",
        description =
            "json: one JSON document on standard output, everything else on standard error",
        defaultValue = "text",
        converter = FormatWord.class)
    private Format format = Format.TEXT;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this text")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation, nobody the field
    private boolean help;

    @Option(names = "--stacktrace", description = "show the stack trace of a bug")
    private boolean stacktrace;
  }

  private final Host host;

  Verb(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  Format format() {
    return common.format;
  }

  boolean wantsStacktrace() {
    return common.stacktrace;
  }

  /** The exit code. */
  @Override
  public abstract Integer call() throws Exception;

  /** Reads {@code text} and {@code json}. */
  static final class FormatWord implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
          return format;
        }
      }
      throw new TypeConversionException("expected text or json, found `" + word + "`");
    }
  }
}

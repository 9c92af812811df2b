package org.flowexp.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flowexp.model.Generators;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/**
 * What the command line chooses: values of params, a profile, and what of the file.
 *
 * @param only a sweep or an experiment, if not everything is meant
 * @param generators that experiments may start from
 */
public record Choices(
    List<Setting> settings, Optional<Name> profile, Optional<Only> only, Generators generators) {
  public Choices {
    settings = List.copyOf(settings);
  }

  /** Without generators to start from. */
  public Choices(List<Setting> settings, Optional<Name> profile, Optional<Only> only) {
    this(settings, profile, only, Generators.none());
  }

  /** The same, with generators that experiments may start from. */
  public Choices with(Generators known) {
    return new Choices(settings, profile, only, known);
  }

  public static Choices none() {
    return new Choices(List.of(), Optional.empty(), Optional.empty());
  }

  /** {@code --sweep name} or {@code --experiment name}. */
  public record Only(Kind kind, Name name) {
    /** What the name is of. */
    public enum Kind {
      /** The arms of one sweep. */
      SWEEP,
      /** An experiment by itself, with its params as they are, in place of the sweeps. */
      EXPERIMENT;

      /** As it is written in a file. */
      String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** {@code --set name=value}; the spans point into the command line. */
  public record Setting(Name name, Expression value) {
    public Span span() {
      return name.span();
    }
  }
}

package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import org.flowexp.model.Generators;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/**
 * What the command line chooses: values of params, and a profile.
 *
 * @param alone an experiment that is to run by itself, with its params as they are, in place of the
 *     sweeps
 * @param generators that experiments may start from
 */
public record Choices(
    List<Setting> settings, Optional<Name> profile, Optional<String> alone, Generators generators) {
  public Choices {
    settings = List.copyOf(settings);
  }

  /** Without generators to start from. */
  public Choices(List<Setting> settings, Optional<Name> profile, Optional<String> alone) {
    this(settings, profile, alone, Generators.none());
  }

  /** The same, with generators that experiments may start from. */
  public Choices with(Generators known) {
    return new Choices(settings, profile, alone, known);
  }

  public static Choices none() {
    return new Choices(List.of(), Optional.empty(), Optional.empty());
  }

  /** {@code --set name=value}; the spans point into the command line. */
  public record Setting(Name name, Expression value) {
    public Span span() {
      return name.span();
    }
  }
}

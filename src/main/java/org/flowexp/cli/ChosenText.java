package org.flowexp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Name;

/** The options that choose something of a file, as one line that diagnostics can point into. */
final class ChosenText {
  private final List<Given> given = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();

  /** Where an option's value stands in the line. */
  private record Given(String option, int start, int end) {}

  void add(String option, String value) {
    boolean quoted = value.chars().anyMatch(Character::isWhitespace);
    line.append(line.isEmpty() ? "" : " ").append(option).append(quoted ? " \"" : " ");
    given.add(new Given(option, line.length(), line.length() + value.length()));
    line.append(value).append(quoted ? "\"" : "");
  }

  /** The values of an option, in order. */
  List<Span> of(String option) {
    SourceFile file = new SourceFile("command line", line.toString());
    return given.stream()
        .filter(one -> one.option().equals(option))
        .map(one -> new Span(file, one.start(), one.end()))
        .toList();
  }

  /** The value of an option that is a name, if it is given. */
  Optional<Name> name(String option) {
    return of(option).stream().findFirst().map(span -> new Name(span.text(), span));
  }
}

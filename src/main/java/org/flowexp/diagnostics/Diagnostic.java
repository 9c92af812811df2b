package org.flowexp.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.source.Span;

/**
 * One mistake (or piece of advice), with everything a person needs to mend it. Made by the typed
 * constructors of each phase, which hold the sentences; the phases themselves hold none.
 *
 * @param code stable, {@code FX} and four digits
 * @param message one line, without a full stop
 * @param primary the smallest place that shows the mistake, and what was found there
 * @param secondary other parties to it, in any file
 */
public record Diagnostic(
    String code,
    Severity severity,
    String message,
    Label primary,
    List<Label> secondary,
    List<String> notes,
    Optional<String> help) {

  public Diagnostic {
    secondary = List.copyOf(secondary);
    notes = List.copyOf(notes);
  }

  public static Diagnostic error(String code, String message, Span span, String label) {
    return new Diagnostic(
        code,
        Severity.ERROR,
        message,
        new Label(span, label),
        List.of(),
        List.of(),
        Optional.empty());
  }

  public static Diagnostic warning(String code, String message, Span span, String label) {
    return new Diagnostic(
        code,
        Severity.WARNING,
        message,
        new Label(span, label),
        List.of(),
        List.of(),
        Optional.empty());
  }

  public Diagnostic also(Span span, String text) {
    List<Label> more = new ArrayList<>(secondary);
    more.add(new Label(span, text));
    return new Diagnostic(code, severity, message, primary, more, notes, help);
  }

  /** The same mistake where it was caused; where it showed becomes a further label. */
  public Diagnostic causedAt(Span span, String text) {
    List<Label> more = new ArrayList<>(List.of(primary));
    more.addAll(secondary);
    return new Diagnostic(code, severity, message, new Label(span, text), more, notes, help);
  }

  public Diagnostic note(String text) {
    List<String> more = new ArrayList<>(notes);
    more.add(text);
    return new Diagnostic(code, severity, message, primary, secondary, more, help);
  }

  public Diagnostic help(String text) {
    return new Diagnostic(code, severity, message, primary, secondary, notes, Optional.of(text));
  }

  public Diagnostic help(Optional<String> text) {
    return text.map(this::help).orElse(this);
  }
}

package org.flowexp.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowexp.source.Span;

/** Collects what the phases find: all mistakes of a file, one per cause, in file order. */
public final class Diagnostics {
  private static final Comparator<Diagnostic> FILE_ORDER =
      Comparator.comparing((Diagnostic d) -> d.primary().span().file().name())
          .thenComparingInt(d -> d.primary().span().start())
          .thenComparing(Diagnostic::severity)
          .thenComparing(Diagnostic::code);

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();

  /** The same code at the same place is one mistake, however many arms of a sweep meet it. */
  public void add(Diagnostic diagnostic) {
    if (places.add(Place.of(diagnostic))) {
      found.add(diagnostic);
    }
  }

  /** How many there are, for {@link #takeSince}. */
  public int size() {
    return found.size();
  }

  /** Takes back what was added since and stands within a span, as if it had never been found. */
  public List<Diagnostic> takeSince(int size, Span within) {
    List<Diagnostic> late = found.subList(size, found.size());
    List<Diagnostic> taken = late.stream().filter(d -> within.holds(d.primary().span())).toList();
    late.removeIf(d -> within.holds(d.primary().span()));
    taken.forEach(d -> places.remove(Place.of(d)));
    return taken;
  }

  public boolean has(String code) {
    return found.stream().anyMatch(d -> d.code().equals(code));
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  public List<Diagnostic> inFileOrder() {
    return found.stream().sorted(FILE_ORDER).toList();
  }

  private record Place(String code, String file, int start, int end) {
    static Place of(Diagnostic diagnostic) {
      Span span = diagnostic.primary().span();
      return new Place(diagnostic.code(), span.file().name(), span.start(), span.end());
    }
  }
}

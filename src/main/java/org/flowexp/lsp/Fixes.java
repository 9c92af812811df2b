package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Label;
import org.flowexp.diagnostics.Severity;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;

/**
 * What a diagnostic's help says, done. A fix is tried before it is offered: only one that takes the
 * mistake away and brings no other is a fix.
 */
final class Fixes {
  private static final int MOST_TRIES = 6;
  private static final Pattern MEANT =
      Pattern.compile("did you mean (?:`([^`]+)`|(\"[^\"]+\"))\\?");
  private static final Pattern IMPORT = Pattern.compile("add `import \"([^\"]+)\" \\{ (\\w+) }`");
  private static final Pattern WRITE =
      Pattern.compile("(?:write|use|such as) (?:`([^`…]+)`|(\\d+\\.\\.\\d+))");
  private static final Pattern UNIT = Pattern.compile("(?:a unit, such as|write it in) (\\S+)$");
  private static final Pattern DROP = Pattern.compile("drop `([^`…]+)`");
  private static final Pattern NUMBER = Pattern.compile("[\\d._]+(?:[eE][+-]?\\d+)?");

  private Fixes() {}

  /** A fix: what it does in words, and how. */
  record Fix(String title, List<Edit> edits) {}

  /**
   * The fixes of one mistake.
   *
   * @param read checks the changed text in place of the file's
   */
  static List<Fix> of(Reading reading, Diagnostic mistake, Function<String, Reading> read) {
    if (!mistake.primary().span().file().name().equals(reading.source().name())) {
      return List.of();
    }
    List<Fix> fixes = new ArrayList<>();
    int tries = 0;
    for (Fix fix : candidates(reading, mistake)) {
      if (tries++ < MOST_TRIES && mends(reading, mistake, fix, read)) {
        fixes.add(fix);
      }
    }
    return fixes;
  }

  private static boolean mends(
      Reading reading, Diagnostic mistake, Fix fix, Function<String, Reading> read) {
    String text = Edit.applied(reading.source().text(), fix.edits());
    Map<String, Integer> before = counts(reading.mistakes());
    Map<String, Integer> after = counts(read.apply(text).mistakes());
    String mended = key(mistake);
    boolean gone = after.getOrDefault(mended, 0) < before.getOrDefault(mended, 0);
    return gone
        && after.entrySet().stream()
            .allMatch(
                entry ->
                    entry.getKey().startsWith(Severity.WARNING.name())
                        || entry.getValue() <= before.getOrDefault(entry.getKey(), 0));
  }

  private static Map<String, Integer> counts(List<Diagnostic> mistakes) {
    Map<String, Integer> counts = new HashMap<>();
    mistakes.forEach(mistake -> counts.merge(key(mistake), 1, Integer::sum));
    return counts;
  }

  private static String key(Diagnostic mistake) {
    return mistake.severity().name() + mistake.code() + mistake.message();
  }

  private static List<Fix> candidates(Reading reading, Diagnostic mistake) {
    List<Fix> all = new ArrayList<>();
    String help = mistake.help().orElse("");
    Span place = mistake.primary().span();
    Matcher meant = MEANT.matcher(help);
    if (meant.matches()) {
      all.add(replace(place, meant.group(1) != null ? meant.group(1) : meant.group(2)));
    }
    Matcher wanted = IMPORT.matcher(help);
    if (wanted.matches()) {
      all.add(
          new Fix(
              "Import `" + wanted.group(2) + "` from \"" + wanted.group(1) + "\"",
              List.of(Imports.adding(reading.document(), wanted.group(1), wanted.group(2)))));
    }
    if (help.startsWith("write `flowexp 1`")) {
      all.add(new Fix("Write `flowexp 1`", List.of(insert(reading, 0, "flowexp 1\n\n"))));
    }
    Matcher write = WRITE.matcher(help);
    while (write.find()) {
      String text = write.group(1) != null ? write.group(1) : write.group(2);
      all.add(replace(place, text));
      all.addAll(withImport(reading, place, text));
    }
    all.addAll(units(place, help));
    Matcher drop = DROP.matcher(help);
    while (drop.find()) {
      all.addAll(drop(mistake, drop.group(1)));
    }
    if (help.startsWith("write a comma")) {
      all.add(new Fix("Write a comma", List.of(insert(reading, place.start(), ", "))));
    }
    if (help.startsWith("remove it, or use it")) {
      all.addAll(remove(reading, place));
    }
    return all;
  }

  private static Fix replace(Span place, String text) {
    return new Fix("Replace with `" + text + "`", List.of(new Edit(place, text)));
  }

  private static Edit insert(Reading reading, int offset, String text) {
    return new Edit(new Span(reading.source(), offset, offset), text);
  }

  /** A loss of the library may have to be imported as well. */
  private static List<Fix> withImport(Reading reading, Span place, String name) {
    boolean loss =
        WordPages.of(name).stream().anyMatch(entry -> entry.group().equals("loss of std/losses"));
    boolean known =
        reading.exploration().imports().containsKey(name)
            || reading.exploration().declaration(name).isPresent();
    return !loss || known
        ? List.of()
        : List.of(
            new Fix(
                "Import and use `" + name + "`",
                List.of(
                    new Edit(place, name),
                    Imports.adding(reading.document(), "std/losses", name))));
  }

  private static List<Fix> units(Span place, String help) {
    List<Fix> all = new ArrayList<>();
    Matcher number = NUMBER.matcher(place.text());
    boolean numeric = number.lookingAt();
    Matcher unit = UNIT.matcher(help);
    if (numeric && unit.find()) {
      all.add(replace(place, number.group() + " " + unit.group(1)));
    }
    if (numeric && help.contains("without")) {
      all.add(replace(place, number.group()));
    }
    return all;
  }

  private static List<Fix> drop(Diagnostic mistake, String text) {
    List<Label> labels = new ArrayList<>(List.of(mistake.primary()));
    labels.addAll(mistake.secondary());
    return labels.stream()
        .map(Label::span)
        .filter(span -> span.text().equals(text))
        .map(span -> new Fix("Drop `" + text + "`", List.of(new Edit(spaced(span), ""))))
        .toList();
  }

  private static Span spaced(Span span) {
    int end = span.end();
    String text = span.file().text();
    while (end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    return new Span(span.file(), span.start(), end);
  }

  private static List<Fix> remove(Reading reading, Span name) {
    List<Fix> all = new ArrayList<>();
    for (Declaration declaration : reading.document().declarations()) {
      if (declaration instanceof Declaration.Named named && named.name().span().equals(name)) {
        all.add(
            new Fix("Remove `" + name.text() + "`", List.of(new Edit(lines(named.span()), ""))));
      } else if (declaration instanceof Declaration.Import wanted) {
        List<Span> names = wanted.names().stream().map(n -> n.span()).toList();
        int index = names.indexOf(name);
        if (index >= 0) {
          Span gone =
              names.size() == 1
                  ? lines(wanted.span())
                  : index == 0
                      ? new Span(name.file(), name.start(), names.get(1).start())
                      : new Span(name.file(), names.get(index - 1).end(), name.end());
          all.add(new Fix("Remove `" + name.text() + "`", List.of(new Edit(gone, ""))));
        }
      }
    }
    return all;
  }

  /** With the rest of the last line, its end included. */
  private static Span lines(Span span) {
    String text = span.file().text();
    int end = text.indexOf('\n', span.end());
    return new Span(span.file(), span.start(), end < 0 ? text.length() : end + 1);
  }
}

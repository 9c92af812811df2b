package org.flowexp.lsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.check.Reference;
import org.flowexp.units.Unit;
import org.flowexp.units.Units;

/** The reference of the language as an editor shows it. */
final class WordPages {
  private static final List<Reference.Entry> ENTRIES = Reference.entries();
  private static final Map<String, List<Reference.Entry>> BY_NAME =
      ENTRIES.stream()
          .collect(
              Collectors.groupingBy(
                  Reference.Entry::name, LinkedHashMap::new, Collectors.toList()));

  private WordPages() {}

  static List<Reference.Entry> entries() {
    return ENTRIES;
  }

  /** All that is known about a word; one word may be several things. */
  static List<Reference.Entry> of(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  /** The entries of a word that are not units. */
  static Optional<String> page(String name) {
    String text =
        of(name).stream()
            .filter(entry -> !entry.group().equals("unit"))
            .map(WordPages::page)
            .collect(Collectors.joining("\n\n---\n\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  static String page(Reference.Entry entry) {
    StringBuilder text = new StringBuilder();
    text.append("**").append(entry.name()).append("** (").append(entry.group()).append(")");
    if (!entry.usage().isEmpty()) {
      text.append("  \n`").append(entry.usage()).append('`');
    }
    text.append("\n\n").append(entry.summary());
    if (!entry.fields().isEmpty()) {
      text.append("\n\n| field | is | default | |\n|---|---|---|---|\n");
      for (Reference.Field field : entry.fields()) {
        text.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    field.name(),
                    cell(typed(field)),
                    cell(field.fallback()),
                    cell(field.summary())));
      }
    }
    if (!entry.example().isEmpty()) {
      text.append("\n\n").append(code(entry.example()));
    }
    return text.toString();
  }

  static Optional<Reference.Field> field(String word, String name) {
    return of(word).stream()
        .flatMap(entry -> entry.fields().stream())
        .filter(field -> field.name().equals(name))
        .findFirst();
  }

  static String page(String word, Reference.Field field) {
    return "**%s** of `%s`: %s\n\n%s; %s"
        .formatted(
            field.name(),
            word,
            typed(field),
            field.summary(),
            field.fallback().matches("required|optional")
                ? field.fallback()
                : "default `" + field.fallback() + "`");
  }

  static String typed(Reference.Field field) {
    return field.type() + (field.unit().isEmpty() ? "" : ", in " + field.unit());
  }

  /** What a unit is in internal ones. */
  static Optional<String> unit(String symbol) {
    return Units.find(symbol).map(WordPages::page);
  }

  private static String page(Unit unit) {
    String internal = Units.suggestion(unit.dimension()).orElse("");
    return "**%s** (unit) of %s\n\n1 %s = %s %s"
        .formatted(
            unit.name(),
            unit.dimension().isNone() ? "a plain number" : unit.dimension(),
            unit.name(),
            unit.factor(),
            internal)
        .stripTrailing();
  }

  static String code(String text) {
    return "```flowexp\n" + text + "\n```";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}

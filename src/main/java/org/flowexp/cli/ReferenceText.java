package org.flowexp.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flowexp.check.Reference;

/** The reference of the language as text: a list, a word, or the page of the site. */
final class ReferenceText {
  private ReferenceText() {}

  /** The names of each group. */
  static String list(List<Reference.Entry> entries) {
    StringBuilder out = new StringBuilder();
    groups(entries)
        .forEach(
            (group, members) ->
                out.append(group)
                    .append(": ")
                    .append(
                        members.stream()
                            .map(Reference.Entry::name)
                            .collect(Collectors.joining(", ")))
                    .append('\n'));
    return out.append("\n`docs WORD` shows one of them.\n").toString();
  }

  /** All there is to say about words of one name. */
  static String page(List<Reference.Entry> entries) {
    return entries.stream().map(ReferenceText::entry).collect(Collectors.joining("\n"));
  }

  private static String entry(Reference.Entry entry) {
    StringBuilder out = new StringBuilder();
    out.append(entry.name()).append(" (").append(entry.group()).append(")\n");
    out.append("  ").append(entry.summary()).append('\n');
    if (!entry.usage().isEmpty()) {
      out.append("\n  ").append(entry.usage()).append('\n');
    }
    for (Reference.Field field : entry.fields()) {
      out.append("\n  ").append(field.name()).append(": ").append(field.summary()).append('\n');
      out.append("      ").append(field.type());
      if (!field.unit().isEmpty()) {
        out.append("; in ").append(field.unit());
      }
      out.append("; ").append(fallback(field)).append('\n');
    }
    if (!entry.example().isEmpty()) {
      out.append("\n  ").append(entry.example().replace("\n", "\n  ")).append('\n');
    }
    return out.toString();
  }

  private static String fallback(Reference.Field field) {
    return field.fallback().matches("required|optional")
        ? field.fallback()
        : "default " + field.fallback();
  }

  /** The page of the site, in Markdown. */
  static String markdown(List<Reference.Entry> entries) {
    StringBuilder out =
        new StringBuilder(
            "# The words of the language\n\nPrinted from the vocabulary, the library and the units, as"
                + " `./run-experiment docs` shows them. After a change, run\n`mvn test"
                + " -Dtest=ReferenceTest -Dreference.update=true`.\n");
    groups(entries)
        .forEach(
            (group, members) -> {
              out.append("\n## ").append(title(group)).append("\n");
              members.forEach(entry -> out.append(markdown(entry)));
            });
    return out.toString();
  }

  private static String markdown(Reference.Entry entry) {
    if (entry.group().equals("unit")) {
      return "\n- `" + entry.name() + "` " + entry.summary();
    }
    StringBuilder out = new StringBuilder();
    out.append("\n### `").append(entry.name()).append("`\n\n").append(entry.summary()).append('\n');
    if (!entry.usage().isEmpty()) {
      out.append("\n`").append(entry.usage()).append("`\n");
    }
    if (!entry.fields().isEmpty()) {
      out.append("\n| field | type | unit | default | |\n|---|---|---|---|---|\n");
      for (Reference.Field f : entry.fields()) {
        String row = String.join(" | ", f.name(), f.type(), f.unit(), f.fallback(), f.summary());
        out.append("| ").append(row).append(" |\n");
      }
    }
    if (!entry.example().isEmpty()) {
      out.append("\n```\n").append(entry.example()).append("\n```\n");
    }
    return out.toString();
  }

  private static String title(String group) {
    return Character.toUpperCase(group.charAt(0)) + group.substring(1);
  }

  private static Map<String, List<Reference.Entry>> groups(List<Reference.Entry> entries) {
    return entries.stream()
        .collect(
            Collectors.groupingBy(Reference.Entry::group, LinkedHashMap::new, Collectors.toList()));
  }
}

package org.flowexp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced piece of a page of the site.
 *
 * @param notes the comments {@code <!-- check: … -->} since the fence before
 */
record PageFence(String language, Optional<String> title, String text, List<String> notes) {
  private static final Pattern NOTE = Pattern.compile("^<!-- check: (.*?) -->$");
  private static final Pattern OPEN = Pattern.compile("^```(\\w*)(?: title=\"([^\"]+)\")?\\s*$");

  /** The fences of a page, in order. */
  static List<PageFence> of(String page) {
    List<PageFence> fences = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<String> lines = page.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher note = NOTE.matcher(lines.get(i));
      Matcher open = OPEN.matcher(lines.get(i));
      if (note.matches()) {
        notes.add(note.group(1));
      } else if (open.matches()) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        fences.add(
            new PageFence(
                open.group(1),
                Optional.ofNullable(open.group(2)),
                String.join("\n", lines.subList(i + 1, end)) + "\n",
                List.copyOf(notes)));
        notes.clear();
        i = end;
      }
    }
    return fences;
  }

  /** What follows a word in the notes. */
  Optional<String> note(String word) {
    return notes.stream()
        .filter(note -> note.startsWith(word + " "))
        .map(note -> note.substring(word.length() + 1))
        .findFirst();
  }
}

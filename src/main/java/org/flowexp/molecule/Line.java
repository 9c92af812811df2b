package org.flowexp.molecule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of a CHARMM file, without its comment, joined with the lines it is continued on.
 *
 * @param number of its first line, from 1
 */
record Line(String file, int number, String text) {

  /**
   * Lines with something on them: comments follow {@code !}, {@code -} at the end continues, titles
   * start with {@code *}.
   */
  static List<Line> of(String file, List<String> raw) throws FormatException {
    List<Line> lines = new ArrayList<>();
    String begun = "";
    int start = 0;
    for (int i = 0; i < raw.size(); i++) {
      String text = raw.get(i);
      if (begun.isEmpty() && text.startsWith("*")) {
        continue;
      }
      int comment = text.indexOf('!');
      text = (comment < 0 ? text : text.substring(0, comment)).strip();
      start = begun.isEmpty() ? i + 1 : start;
      if (text.endsWith("-")) {
        begun += text.substring(0, text.length() - 1) + " ";
        continue;
      }
      String whole = (begun + text).strip();
      begun = "";
      if (!whole.isEmpty()) {
        lines.add(new Line(file, start, whole));
      }
    }
    if (!begun.isEmpty()) {
      throw new FormatException(file, start, "a line that goes on at the end", "its continuation");
    }
    return lines;
  }

  List<String> words() {
    return List.of(text.split("\\s+"));
  }

  /** In capitals, cut to the four letters that CHARMM looks at. */
  String keyword() {
    String word = words().get(0).toUpperCase(Locale.ROOT);
    return word.length() > 4 ? word.substring(0, 4) : word;
  }

  String word(int index, String expected) throws FormatException {
    if (index >= words().size()) {
      throw mistake("`" + text + "`", expected);
    }
    return words().get(index);
  }

  double number(int index, String expected) throws FormatException {
    String word = word(index, expected);
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw (FormatException) mistake("`" + word + "`", expected).initCause(notANumber);
    }
    throw mistake("`" + word + "`", expected);
  }

  int whole(int index, String expected) throws FormatException {
    String word = word(index, expected);
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException notANumber) {
      throw (FormatException) mistake("`" + word + "`", expected).initCause(notANumber);
    }
  }

  FormatException mistake(String found, String expected) {
    return new FormatException(file, number, found, expected);
  }
}

package org.flowexp.source;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text with a name that people recognise: a path, {@code std/losses}, or a piece of the command
 * line. Offsets count UTF-16 units from 0; lines and columns count from 1.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private final Path folder;
  private final int[] lineStarts;

  /** A text that lies in no folder: imports are found from the current one. */
  public SourceFile(String name, String text) {
    this(name, text, Path.of(""));
  }

  /**
   * A text with the place where it lies.
   *
   * @param folder imports are found from here
   */
  public SourceFile(String name, String text, Path folder) {
    this.name = name;
    this.folder = folder;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  public Path folder() {
    return folder;
  }

  public int lineCount() {
    return lineStarts.length;
  }

  public Position position(int offset) {
    int index = Arrays.binarySearch(lineStarts, Math.min(Math.max(offset, 0), text.length()));
    int line = index >= 0 ? index : -index - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  /** Where a place is in the text; beyond the end of a line or of the file, that end. */
  public int offset(Position position) {
    if (position.line() > lineStarts.length) {
      return text.length();
    }
    int start = lineStarts[position.line() - 1];
    return start + Math.min(position.column() - 1, line(position.line()).length());
  }

  /** The text of a line, without its line break. */
  public String line(int number) {
    int start = lineStarts[number - 1];
    int end = number < lineStarts.length ? lineStarts[number] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public String toString() {
    return name;
  }
}

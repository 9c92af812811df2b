package org.flowexp.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal, also while it is written: a line without its end does not count. */
final class JournalReader {
  private final JournalFiles files;

  JournalReader(JournalFiles files) {
    this.files = files;
  }

  /** The header and the first event; empty if the process died before they were written. */
  Optional<Start> start() throws IOException {
    List<byte[]> lines = lines(0, 2);
    if (lines.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Start(
            parse(lines.get(0), JournalHeader.class, 0),
            parse(lines.get(1), JournalEntry.class, lines.get(0).length + 1L),
            lines.get(0).length + 1L));
  }

  /** At most {@code count} entries from a line's beginning on. */
  List<Line> entries(long offset, int count) throws IOException {
    List<Line> entries = new ArrayList<>();
    long end = offset;
    for (byte[] line : lines(offset, count)) {
      JournalEntry entry = parse(line, JournalEntry.class, end);
      end += line.length + 1L;
      entries.add(new Line(entry, end));
    }
    return entries;
  }

  private List<byte[]> lines(long offset, int count) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream input = new BufferedInputStream(Files.newInputStream(files.lines()))) {
      input.skipNBytes(offset);
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = input.read(); next >= 0 && lines.size() < count; next = input.read()) {
        if (next == '\n') {
          lines.add(line.toByteArray());
          line.reset();
        } else {
          line.write(next);
        }
      }
    }
    return lines;
  }

  private <T> T parse(byte[] line, Class<T> type, long offset) throws IOException {
    try {
      return TrackingJson.MAPPER.readValue(line, type);
    } catch (JsonProcessingException damage) {
      throw new IOException(
          "the journal " + files.lines() + " is damaged at byte " + offset, damage);
    }
  }

  /**
   * @param end where the next line begins
   */
  record Line(JournalEntry entry, long end) {}

  /**
   * @param offset where the first entry begins
   */
  record Start(JournalHeader header, JournalEntry first, long offset) {}
}

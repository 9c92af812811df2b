package org.flowexp.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads the whole lines that were added to a file since it was last asked. */
final class EventTail {
  private static final int AT_A_TIME = 1 << 16;

  private final Path file;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long offset;

  EventTail(Path file) {
    this.file = file;
  }

  /** What is new; nothing while the file is not there. */
  List<EventLine> next() throws IOException {
    List<EventLine> lines = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(AT_A_TIME);
      channel.position(offset);
      while (channel.read(buffer) > 0) {
        buffer.flip();
        offset += buffer.remaining();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (next == '\n') {
            lines.add(WorkJson.MAPPER.readValue(begun.toByteArray(), EventLine.class));
            begun.reset();
          } else {
            begun.write(next);
          }
        }
        buffer.clear();
      }
    } catch (NoSuchFileException notYet) {
      return lines;
    }
    return lines;
  }
}

package org.flowexp.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;

/** Writes the events of a unit to a file, a line each: what was written outlives the process. */
public final class EventLog implements RunListener {
  private final OutputStream output;

  EventLog(Path file) throws IOException {
    this.output = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public void accept(RunEvent event) {
    write(new EventLine(Optional.of(event), Optional.empty()));
  }

  /** A sentence for people. */
  public void say(String message) {
    write(new EventLine(Optional.empty(), Optional.of(message)));
  }

  private synchronized void write(EventLine line) {
    try {
      byte[] json = WorkJson.MAPPER.writeValueAsBytes(line);
      byte[] withEnd = Arrays.copyOf(json, json.length + 1);
      withEnd[json.length] = '\n';
      output.write(withEnd);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() {
    try {
      output.close();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }
}

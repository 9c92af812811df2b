package org.flowexp.tracking;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.ArtifactWritten;

/**
 * The events of one run or sweep on disk, written before anything is sent. One process at a time
 * writes or sends a journal.
 */
final class Journal implements AutoCloseable {
  private static final int LONGEST_BACKLOG = 10_000;

  private final JournalFiles files;
  private final FileMutex mutex;
  private final FileOutputStream output;
  private final Optional<JournalPast> past;
  private final Deque<JournalEntry> backlog = new ArrayDeque<>();

  private long lost;

  private Journal(
      JournalFiles files, FileMutex mutex, FileOutputStream output, Optional<JournalPast> past) {
    this.files = files;
    this.mutex = mutex;
    this.output = output;
    this.past = past;
  }

  /** What is to be done with the journal of a run that is over. */
  enum Ended {
    /** The run begins anew, in a journal of its own. */
    BEGINS_ANEW,
    /**
     * It is the same run still: its sweep goes on after its process was killed, or all of it is
     * kept and only repeated.
     */
    STAYS
  }

  /** Another process writes the journal of this run. */
  static final class TrackedElsewhere extends IOException {
    private static final long serialVersionUID = 1;

    TrackedElsewhere() {
      super("another process is tracking the same run");
    }
  }

  /** Begins the journal of a run, or goes on with it where an earlier process was killed. */
  static Journal open(Path folder, JournalHeader header, String subject, Ended ended)
      throws IOException {
    JournalFiles files = JournalFiles.of(folder, subject);
    FileMutex mutex = FileMutex.tryAcquire(files.lock()).orElseThrow(() -> new TrackedElsewhere());
    boolean opened = false;
    try {
      Optional<JournalPast> found = JournalPast.of(files);
      Optional<JournalPast> past =
          found
              .filter(earlier -> ended == Ended.STAYS || earlier.isResumable())
              .filter(earlier -> earlier.header().experiment().equals(header.experiment()));
      if (found.isPresent() && past.isEmpty()) {
        files.retire(found.get().header().openedAt());
      }
      Journal journal = new Journal(files, mutex, output(files, past), past);
      if (past.isEmpty()) {
        journal.writeLine(header);
      }
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        mutex.close();
      }
    }
  }

  JournalFiles files() {
    return files;
  }

  /** Whether it goes on with what an earlier process began. */
  boolean isResumed() {
    return past.isPresent();
  }

  void append(JournalEntry entry) throws IOException {
    Optional<RunEvent> news =
        past.isPresent() ? past.get().news(entry.event()) : Optional.of(entry.event());
    news.ifPresent(event -> backlog.add(new JournalEntry(entry.at(), event)));
    if (backlog.size() > LONGEST_BACKLOG) {
      backlog.remove();
      lost++;
    }
    flush();
  }

  /** What a full disk did not take waits, as long as there is not too much of it. */
  private void flush() throws IOException {
    while (!backlog.isEmpty()) {
      write(backlog.element());
      backlog.remove();
    }
  }

  /** Events that no room was found for so far. */
  long unwritten() {
    return backlog.size() + lost;
  }

  private void write(JournalEntry entry) throws IOException {
    RunEvent event = entry.event();
    writeLine(
        event instanceof ArtifactWritten artifact
            ? new JournalEntry(entry.at(), keep(artifact))
            : entry);
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      release();
    }
  }

  private void release() throws IOException {
    try {
      output.close();
    } finally {
      mutex.close();
    }
  }

  private static FileOutputStream output(JournalFiles files, Optional<JournalPast> past)
      throws IOException {
    FileOutputStream output = new FileOutputStream(files.lines().toFile(), past.isPresent());
    if (past.isPresent()) {
      output.getChannel().truncate(past.get().length());
    }
    return output;
  }

  /** The run's own file may be gone by the time it can be sent. */
  private ArtifactWritten keep(ArtifactWritten artifact) throws IOException {
    Files.createDirectories(files.artifacts());
    Path copy = Path.of(UUID.randomUUID().toString());
    Files.copy(
        artifact.file(), files.artifacts().resolve(copy), StandardCopyOption.REPLACE_EXISTING);
    return new ArtifactWritten(artifact.subject(), artifact.name(), copy, artifact.mediaType());
  }

  /** One write a line, unbuffered: what was accepted survives the death of the process. */
  private void writeLine(Object line) throws IOException {
    byte[] json = TrackingJson.MAPPER.writeValueAsBytes(line);
    byte[] withEnd = Arrays.copyOf(json, json.length + 1);
    withEnd[json.length] = '\n';
    long length = output.getChannel().size();
    boolean written = false;
    try {
      output.write(withEnd);
      written = true;
    } finally {
      if (!written) {
        output.getChannel().truncate(length); // else the next line would begin within this one
      }
    }
  }
}

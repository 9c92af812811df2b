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
 * writes or sends a journal: it is held while its run is under way and while it is sent, and takes
 * no open file otherwise, so that a sweep may have more runs than a process may open files.
 */
final class Journal implements AutoCloseable {
  private static final int LONGEST_BACKLOG = 10_000;

  private final JournalFiles files;
  private final Deque<JournalEntry> backlog = new ArrayDeque<>();
  private final boolean resumed;
  private Optional<FileOutputStream> output;
  private Optional<JournalPast> past;
  private long lost;

  private Optional<FileMutex> mutex;
  private int holders = 1;

  private Journal(
      JournalFiles files, FileMutex mutex, FileOutputStream output, Optional<JournalPast> past) {
    this.files = files;
    this.mutex = Optional.of(mutex);
    this.output = Optional.of(output);
    this.past = past;
    this.resumed = past.isPresent();
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
    return resumed;
  }

  /** Whether events can be written, that is whether it was not closed since it was opened. */
  boolean isOpen() {
    return output.isPresent();
  }

  /** Goes on with a journal that was closed, as another process would. */
  void reopen() throws IOException {
    if (!retain()) {
      throw new TrackedElsewhere();
    }
    boolean opened = false;
    try {
      past = JournalPast.of(files);
      output = Optional.of(output(files, past));
      opened = true;
    } finally {
      if (!opened) {
        letGo();
      }
    }
  }

  /** Keeps other processes from it until {@link #letGo}; false if one of them has it. */
  synchronized boolean retain() throws IOException {
    if (holders == 0) {
      mutex = FileMutex.tryAcquire(files.lock());
    }
    if (mutex.isPresent()) {
      holders++;
    }
    return mutex.isPresent();
  }

  /** The end of what {@link #retain} or the opening began. */
  synchronized void letGo() throws IOException {
    holders--;
    if (holders == 0) {
      FileMutex held = mutex.orElseThrow();
      mutex = Optional.empty();
      held.close();
    }
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

  /**
   * Ends the writing, if all could be written.
   *
   * @throws IOException if not; it stays open, for another try
   */
  void end() throws IOException {
    flush();
    close();
  }

  /** Ends the writing; what the disk still does not take is lost. */
  @Override
  public void close() throws IOException {
    if (output.isEmpty()) {
      return;
    }
    FileOutputStream open = output.get();
    try {
      flush();
    } finally {
      output = Optional.empty();
      past = Optional.empty();
      try {
        open.close();
      } finally {
        letGo();
      }
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
    FileOutputStream open = output.orElseThrow();
    long length = open.getChannel().size();
    boolean written = false;
    try {
      open.write(withEnd);
      written = true;
    } finally {
      if (!written) {
        open.getChannel().truncate(length); // else the next line would begin within this one
      }
    }
  }
}

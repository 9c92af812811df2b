package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one journal: {@code <key>.jsonl} and what lies beside it. */
record JournalFiles(Path folder, String key) {
  private static final String SUFFIX = ".jsonl";

  static JournalFiles of(Path folder, String subject) {
    String plain = subject.replaceAll("[^A-Za-z0-9_-]", "_");
    String key =
        plain.equals(subject) ? plain : plain + "-" + Integer.toHexString(subject.hashCode());
    return new JournalFiles(folder, key);
  }

  static List<JournalFiles> allIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> new JournalFiles(folder, name.substring(0, name.length() - SUFFIX.length())))
          .sorted(Comparator.comparing(JournalFiles::key))
          .toList();
    }
  }

  Path lines() {
    return folder.resolve(key + SUFFIX);
  }

  Path lock() {
    return folder.resolve(key + ".lock");
  }

  /** Copies of the artifacts, kept until the run is over and sent. */
  Path artifacts() {
    return folder.resolve(key + ".artifacts");
  }

  Optional<SentMark> mark() throws IOException {
    return TrackingJson.readIfPresent(sent(), SentMark.class);
  }

  void write(SentMark mark) throws IOException {
    TrackingJson.write(sent(), mark);
  }

  /** Whether the run is over and all of it was sent; a repeated run may have said more since. */
  boolean isComplete() throws IOException {
    long length = Files.exists(lines()) ? Files.size(lines()) : 0;
    return mark().filter(mark -> mark.complete() && mark.offset() >= length).isPresent();
  }

  void deleteArtifacts() throws IOException {
    if (Files.isDirectory(artifacts())) {
      try (Stream<Path> files = Files.list(artifacts())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(artifacts());
    }
  }

  /**
   * Makes room for a new journal of the same run; what was not sent yet is kept under another name.
   */
  void retire(long openedAt) throws IOException {
    if (isComplete()) {
      deleteArtifacts();
      Files.deleteIfExists(sent());
      Files.delete(lines());
      return;
    }
    JournalFiles earlier = new JournalFiles(folder, key + "." + openedAt);
    moveIfPresent(artifacts(), earlier.artifacts());
    moveIfPresent(sent(), earlier.sent());
    moveIfPresent(lines(), earlier.lines());
  }

  private Path sent() {
    return folder.resolve(key + ".sent.json");
  }

  private static void moveIfPresent(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to);
    }
  }
}

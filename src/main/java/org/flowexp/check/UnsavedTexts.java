package org.flowexp.check;

import java.nio.file.Path;
import java.util.Optional;

/** Texts of files that are being written, and are ahead of the disk. */
@FunctionalInterface
public interface UnsavedTexts {
  /** The text of a file, by its absolute path; empty if the disk has the newest. */
  Optional<String> at(Path file);

  /** Everything is on the disk. */
  static UnsavedTexts none() {
    return file -> Optional.empty();
  }
}

package org.flowexp.model;

import java.nio.file.Path;

/** Generators trained before, for the checker, which knows neither caches nor files of them. */
public interface Generators {
  /** The one a finished run left. */
  Found run(String reference);

  /** The one in a checkpoint. */
  Found checkpoint(Path file);

  /** An answer. */
  sealed interface Found {}

  /**
   * It is there.
   *
   * @param architecture the canonical form of its flow
   */
  record Generator(InitialModel initial, String architecture) implements Found {}

  /**
   * It is not, or cannot be used.
   *
   * @param reason a phrase
   * @param help what to do
   */
  record Missing(String reason, String help) implements Found {}

  /** Where there are none. */
  static Generators none() {
    return new Generators() {
      @Override
      public Found run(String reference) {
        return new Missing("there is no finished run `" + reference + "`", "run it first");
      }

      @Override
      public Found checkpoint(Path file) {
        return new Missing("there is no checkpoint " + file, "give the path of one");
      }
    };
  }
}

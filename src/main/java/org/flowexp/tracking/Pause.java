package org.flowexp.tracking;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waiting in code that polls another process; an interrupt ends it as an I/O failure. */
final class Pause {
  private Pause() {}

  static void of(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting");
    }
  }
}

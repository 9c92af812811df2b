package org.flowexp.run;

/**
 * Hears what happens to runs. It receives values, never the trainer, and cannot stop a run.
 * Implementations may be called from several threads.
 */
public interface RunListener extends AutoCloseable {
  /** Takes note of {@code event}; returns soon. */
  void accept(RunEvent event);

  /** Finishes what is under way; no event comes after it. */
  @Override
  void close();
}

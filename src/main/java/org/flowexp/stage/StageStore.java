package org.flowexp.stage;

import java.util.function.Supplier;

/** Keeps what stages gave, so that none is run twice. */
public interface StageStore {
  /**
   * What the stage gave; runs it if nobody has, waits for it if somebody does.
   *
   * @param work runs the stage; what it throws is thrown here and not kept
   */
  <T> Kept<T> get(Stage<T> stage, Supplier<T> work);

  /** Whether a result seems to be there; it may still be refused when it is read. */
  boolean holds(Stage<?> stage);
}

package org.flowexp.stage;

import java.util.function.Supplier;

/** Keeps what stages gave, so that none is run twice. */
public interface StageStore {
  /**
   * What the stage of this key gave; runs it if nobody has, waits for it if somebody does.
   *
   * @param key the same for the same results: a hash
   * @param kind of the result
   * @param stage runs the stage; what it throws is thrown here and not kept
   */
  <T> T get(String key, Class<T> kind, Supplier<T> stage);
}

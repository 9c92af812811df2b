package org.flowexp.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hands each event to several listeners; one that fails harms neither the run nor the others. */
public final class RunListeners implements RunListener {
  private final List<RunListener> listeners;
  private final Consumer<RuntimeException> failures;
  private final Set<RunListener> failed = ConcurrentHashMap.newKeySet();

  /**
   * Hands on to these, in order.
   *
   * @param failures told of the first failure of each listener
   */
  public RunListeners(List<RunListener> listeners, Consumer<RuntimeException> failures) {
    this.listeners = List.copyOf(listeners);
    this.failures = failures;
  }

  @Override
  public void accept(RunEvent event) {
    for (RunListener listener : listeners) {
      guarded(listener, () -> listener.accept(event));
    }
  }

  @Override
  public void close() {
    for (RunListener listener : listeners) {
      guarded(listener, listener::close);
    }
  }

  private void guarded(RunListener listener, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      if (failed.add(listener)) {
        failures.accept(failure);
      }
    }
  }
}

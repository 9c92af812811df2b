package org.flowexp.tracking;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The one thread that talks to MLflow during a run. */
final class DeliveryThread {
  /**
   * Each request costs the server about as much as a hundred values: few large ones leave the
   * processor to the runs.
   */
  private static final Duration GATHER = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);
  private static final Duration LAST_TRY = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIME = Duration.ofMinutes(3);
  private static final Duration SHORT_CLOSE_TIME = Duration.ofSeconds(10);

  private final TrackingTarget target;
  private final TrackingSettings settings;
  private final Thread thread = new Thread(this::deliver, "flowexp-tracking");
  private final Map<String, Journal> dirty = new LinkedHashMap<>();
  private final Map<String, TrackedRun> tracked = new ConcurrentHashMap<>();
  private Optional<OpenTarget> open = Optional.empty();
  private Duration retry = FIRST_RETRY;
  private boolean failing;
  private boolean hopeless;
  private boolean warned;
  private boolean closing;
  private volatile Duration closeTime = CLOSE_TIME;

  DeliveryThread(TrackingTarget target, TrackingSettings settings) {
    this.target = target;
    this.settings = settings;
    this.hopeless = target instanceof TrackingTarget.Offline;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  synchronized void wake(String subject, Journal journal) {
    if (dirty.put(subject, journal) == null) {
      notifyAll();
    }
  }

  Optional<TrackedRun> tracked(String subject) {
    return Optional.ofNullable(tracked.get(subject));
  }

  synchronized boolean isDelivered() {
    return dirty.isEmpty();
  }

  void hurry() {
    closeTime = SHORT_CLOSE_TIME;
  }

  void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(closeTime.toMillis());
      thread.interrupt();
      thread.join(LAST_TRY.toMillis());
    } catch (InterruptedException interrupt) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = awaitWork();
        attempt();
      }
    } catch (InterruptedException givenUp) {
      warn("there is no more time");
    } finally {
      disconnect();
    }
  }

  /**
   * Waits until there is something to send and the server may be tried; false if this is the last
   * time.
   */
  private synchronized boolean awaitWork() throws InterruptedException {
    while (!closing && (hopeless || (dirty.isEmpty() && !failing))) {
      wait();
    }
    long end = System.nanoTime() + (failing ? retry : GATHER).toNanos();
    for (long left = end - System.nanoTime();
        !closing && left > 0;
        left = end - System.nanoTime()) {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }
    return !closing;
  }

  private void attempt() {
    Map<String, Journal> batch = taken();
    if (batch.isEmpty() || hopeless) {
      putBack(batch);
      return;
    }
    List<String> sent = new ArrayList<>();
    try {
      OpenTarget reached = connected();
      for (Map.Entry<String, Journal> each : batch.entrySet()) {
        if (send(reached, each.getKey(), each.getValue())) {
          sent.add(each.getKey());
        }
      }
      failing = false;
      retry = FIRST_RETRY;
    } catch (IOException | RuntimeException failure) {
      // An embedded server that does not start would be tried for minutes each time.
      hopeless = target instanceof TrackingTarget.Embedded && open.isEmpty();
      failing = true;
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
      warn(failure.getMessage());
      disconnect();
    }
    sent.forEach(batch::remove);
    putBack(batch);
  }

  /** False if another process is sending it at this moment. */
  private boolean send(OpenTarget reached, String subject, Journal journal) throws IOException {
    if (!journal.retain()) {
      return false;
    }
    try {
      reached
          .sender()
          .send(journal.files())
          .map(mark -> new TrackedRun(mark.experimentId(), mark.runId(), reached.mlflow().uri()))
          .ifPresent(run -> tracked.put(subject, run));
      return true;
    } finally {
      journal.letGo();
    }
  }

  private OpenTarget connected() throws IOException {
    if (open.isEmpty()) {
      Duration deadline = failing && isClosing() ? LAST_TRY : settings.deadline();
      open = Optional.of(OpenTarget.open(target, deadline, settings.messages()));
    }
    return open.get();
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private synchronized Map<String, Journal> taken() {
    Map<String, Journal> batch = new LinkedHashMap<>(dirty);
    dirty.clear();
    return batch;
  }

  private synchronized void putBack(Map<String, Journal> unsent) {
    Map<String, Journal> later = new LinkedHashMap<>(dirty);
    dirty.clear();
    dirty.putAll(unsent);
    dirty.putAll(later);
  }

  private void disconnect() {
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException failure) {
      settings.messages().accept("The MLflow server could not be stopped: " + failure.getMessage());
    } finally {
      open = Optional.empty();
    }
  }

  private void warn(String reason) {
    if (!warned) {
      warned = true;
      settings
          .messages()
          .accept(
              "MLflow cannot be reached ("
                  + reason
                  + "). The run is not affected; its values are kept in "
                  + settings.journal()
                  + " until they can be sent.");
    }
  }
}

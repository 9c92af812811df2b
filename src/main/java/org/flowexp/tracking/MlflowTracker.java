package org.flowexp.tracking;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.Effort;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunNoted;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepStarted;
import org.flowexp.run.RunListener;

/**
 * Tracks runs in MLflow. {@link #accept} only writes to the journal; one thread reads the journals
 * and sends them, so a slow or dead server costs a run neither time nor values, and memory does not
 * grow with what is waiting.
 */
public final class MlflowTracker implements RunListener {
  private final TrackingSettings settings;
  private final DeliveryThread delivery;
  private final Map<String, Journal> journals = new LinkedHashMap<>();
  private final Map<String, TrackingCost> costs = new HashMap<>();
  private final Set<String> elsewhere = new HashSet<>();
  private boolean journalFailed;

  private MlflowTracker(TrackingSettings settings, DeliveryThread delivery) {
    this.settings = settings;
    this.delivery = delivery;
  }

  /** Starts to track; returns at once, while an embedded server starts behind. */
  public static MlflowTracker open(TrackingTarget target, TrackingSettings settings) {
    DeliveryThread delivery = new DeliveryThread(target, settings);
    delivery.start();
    return new MlflowTracker(settings, delivery);
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.StageReused) {
      return; // how a run came by its values is no part of what it is
    }
    long begin = System.nanoTime();
    try {
      journal(event);
    } catch (Journal.TrackedElsewhere other) {
      elsewhere.add(event.subject());
      if (elsewhere.size() == 1) {
        settings
            .messages()
            .accept(
                "Another process runs the same at this moment, and tracks it; this one does not.");
      }
    } catch (IOException failure) {
      if (!journalFailed) {
        journalFailed = true;
        settings
            .messages()
            .accept(
                "The journal cannot be written ("
                    + failure
                    + "); what it does not take waits in memory.");
      }
    }
    if (event instanceof StepLogged step) {
      costs
          .computeIfAbsent(event.subject(), id -> new TrackingCost())
          .add(step.step(), System.nanoTime() - begin);
    }
  }

  /**
   * Sends what is left, if the server answers, and leaves the embedded server. What could not be
   * sent stays in the journal for {@link JournalSync}.
   */
  @Override
  public synchronized void close() {
    delivery.close();
    for (Journal journal : journals.values()) {
      try {
        journal.close();
      } catch (IOException failure) {
        settings
            .messages()
            .accept(
                journal.unwritten()
                    + " values or events of a run are lost, for its journal could not be written: "
                    + failure);
      }
    }
    journals.clear();
  }

  /** Closing will not wait long for the server: somebody wants the program to end. */
  public void hurry() {
    delivery.hurry();
  }

  /** Where a run or sweep is in MLflow, once its beginning has been sent. */
  public Optional<TrackedRun> tracked(String subject) {
    return delivery.tracked(subject);
  }

  /** Whether all that was accepted until the tracker was closed is in MLflow. */
  public boolean isDelivered() {
    return delivery.isDelivered();
  }

  /** The trials that a killed sweep had finished are its trials still; what is kept stays. */
  private Journal.Ended ended(RunEvent first) {
    boolean repeats = first instanceof SweepStarted sweep && sweep.effort() == Effort.REPEATS;
    if (first instanceof RunStarted start) {
      repeats =
          start.effort() == Effort.REPEATS
              || start.run().sweep().map(journals::get).filter(Journal::isResumed).isPresent();
    }
    return repeats ? Journal.Ended.STAYS : Journal.Ended.BEGINS_ANEW;
  }

  private void journal(RunEvent event) throws IOException {
    if (elsewhere.contains(event.subject())) {
      return;
    }
    long now = System.currentTimeMillis();
    Journal journal = journals.get(event.subject());
    if (journal != null && !journal.isOpen()) {
      journal.reopen();
    } else if (journal == null) {
      if (!(event instanceof RunStarted) && !(event instanceof SweepStarted)) {
        throw new IOException("no run or sweep '" + event.subject() + "' is under way");
      }
      JournalHeader header = new JournalHeader(settings.experiment(), settings.sourceTags(), now);
      journal = Journal.open(settings.journal(), header, event.subject(), ended(event));
      journals.put(event.subject(), journal);
    }
    TrackingCost cost = costs.get(event.subject());
    if (event instanceof RunFinished && cost != null) {
      journal.append(new JournalEntry(now, new RunNoted(event.subject(), cost.tags())));
    }
    JournalEntry entry = new JournalEntry(now, event);
    journal.append(entry);
    if (entry.isLast()) {
      costs.remove(event.subject());
      journal.end();
    }
    delivery.wake(event.subject(), journal);
  }
}

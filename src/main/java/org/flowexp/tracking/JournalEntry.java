package org.flowexp.tracking;

import org.flowexp.run.RunEvent;

/**
 * A line of a journal.
 *
 * @param at when the event came, in milliseconds since 1970: sent again with the same time, a point
 *     is the same point
 */
record JournalEntry(long at, RunEvent event) {
  /** Whether the run or sweep is over, for good or until it is resumed. */
  boolean isLast() {
    return event instanceof RunEvent.RunFinished
        || event instanceof RunEvent.SweepFinished
        || event instanceof RunEvent.RunRepeated;
  }
}

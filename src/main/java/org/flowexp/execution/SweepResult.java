package org.flowexp.execution;

import java.util.List;
import org.flowexp.run.RunRecord;

/**
 * What a sweep gave.
 *
 * @param records one an arm, in the order of the arms
 */
public record SweepResult(List<RunRecord> records) {
  /** Copies the records. */
  public SweepResult {
    records = List.copyOf(records);
  }
}

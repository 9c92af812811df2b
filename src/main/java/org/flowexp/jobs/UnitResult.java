package org.flowexp.jobs;

import java.util.Optional;
import org.flowexp.run.RunRecord;

/**
 * What a process says of a unit that is over.
 *
 * @param record of the arm; empty for stages that arms share
 * @param failure why shared stages could not be made
 */
public record UnitResult(int unit, Optional<RunRecord> record, Optional<String> failure) {}

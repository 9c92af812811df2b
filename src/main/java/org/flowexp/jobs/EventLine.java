package org.flowexp.jobs;

import java.util.Optional;
import org.flowexp.run.RunEvent;

/**
 * A line that a process writes of a unit under way.
 *
 * @param event that happened to its run
 * @param message for people, if it is no event
 */
record EventLine(Optional<RunEvent> event, Optional<String> message) {}

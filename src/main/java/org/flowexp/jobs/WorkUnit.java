package org.flowexp.jobs;

import java.util.Set;
import java.util.TreeSet;

/**
 * A piece of a sweep for one process: stages that arms share, or all that is left of an arm.
 *
 * @param number its place in the graph, from 0
 * @param name for people
 * @param arm whose stages it makes, from 0
 * @param stages the ids of those to make; empty for the whole arm
 * @param after the numbers of the units that are to be over before it begins
 */
public record WorkUnit(int number, String name, int arm, Set<String> stages, Set<Integer> after) {
  /** Copies the sets. */
  public WorkUnit {
    stages = java.util.Collections.unmodifiableSet(new TreeSet<>(stages));
    after = java.util.Collections.unmodifiableSet(new TreeSet<>(after));
  }

  /** Whether it ends an arm. */
  public boolean endsAnArm() {
    return stages.isEmpty();
  }
}

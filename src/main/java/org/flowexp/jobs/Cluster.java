package org.flowexp.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is asked of a cluster's scheduler. Jobs are arrays of tasks, counted from 0. */
public interface Cluster {
  /**
   * Queues an array.
   *
   * @param options without those that name the script
   * @param argument of the script
   * @return its id
   */
  String submit(List<String> options, Path script, Path argument) throws IOException;

  /** All tasks of jobs of this name that are queued, running, or over since a short while. */
  List<Task> tasks(String name) throws IOException;

  /** Ends jobs. */
  void cancel(List<String> jobs, Which which) throws IOException;

  /** Ends tasks of jobs: all, or those that wait. */
  enum Which {
    ALL,
    WAITING
  }

  /** The most tasks of one array. */
  int largestArray() throws IOException;

  /**
   * A task as the scheduler sees it.
   *
   * @param state its word, {@code PENDING}
   * @param reason why it waits or ended, as the scheduler says
   */
  record Task(String job, int index, String state, String reason) {
    private static final List<String> OVER =
        List.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "TIMEOUT");

    /** Whether it will not run any more. */
    public boolean isOver() {
      return OVER.contains(state);
    }

    /** Whether it has a machine. */
    public boolean isRunning() {
      return List.of("RUNNING", "COMPLETING", "SUSPENDED", "CONFIGURING").contains(state);
    }
  }
}

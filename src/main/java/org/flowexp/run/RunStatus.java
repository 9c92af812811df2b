package org.flowexp.run;

/** How a run or a sweep ended. */
public enum RunStatus {
  FINISHED,
  FAILED,
  /** Ended from outside: by the user, or by the scheduler's time limit. */
  KILLED
}

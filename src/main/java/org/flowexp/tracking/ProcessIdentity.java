package org.flowexp.tracking;

import java.time.Instant;
import java.util.Optional;

/** A process, told by its start from a later one with the same number. */
record ProcessIdentity(long pid, long startedAt) {
  /** Some kernels move the start of a process by their clock's corrections. */
  private static final long TOLERANCE_MILLIS = 2_000;

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startOf(process));
  }

  Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(startOf(process) - startedAt) <= TOLERANCE_MILLIS);
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}

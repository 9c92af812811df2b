package org.flowexp.tracking;

import java.util.List;

/**
 * What is written beside an embedded server's store about the server that serves it.
 *
 * @param processes the server and its workers
 * @param port on the loopback interface
 * @param token written into the store through that server: a server that shows it is ours
 * @param lifetime whether the last user stops it
 */
record ServerRecord(
    List<ProcessIdentity> processes, int port, String token, TrackingTarget.Lifetime lifetime) {
  ServerRecord {
    processes = List.copyOf(processes);
  }

  boolean isAlive() {
    return !processes.isEmpty() && processes.get(0).alive().isPresent();
  }

  ServerRecord kept() {
    return new ServerRecord(processes, port, token, TrackingTarget.Lifetime.KEPT);
  }
}

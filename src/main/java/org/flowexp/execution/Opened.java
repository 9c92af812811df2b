package org.flowexp.execution;

import org.flowexp.lower.Program;
import org.tensorflow.Session;

/** A graph and a session on it. */
record Opened(Program program, Session session) implements AutoCloseable {
  @Override
  public void close() {
    session.close();
    program.close();
  }
}

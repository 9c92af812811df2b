package org.flowexp.cli;

/** Something outside the program stands in the way of a run; said in one sentence. */
class RunFailure extends Exception {
  private static final long serialVersionUID = 1;

  RunFailure(String message) {
    super(message);
  }

  RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.flowexp.cli;

/** The user asked for something that cannot be; said in one sentence. */
final class UsageProblem extends Exception {
  private static final long serialVersionUID = 1;

  UsageProblem(String message) {
    super(message);
  }
}

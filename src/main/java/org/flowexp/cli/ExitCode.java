package org.flowexp.cli;

/** How the program ends, for scripts. */
final class ExitCode {
  static final int OK = 0;

  /** The file has mistakes, or an expectation failed. */
  static final int REJECTED = 1;

  static final int USAGE = 2;
  static final int RUNTIME = 3;
  static final int BUG = 70;

  /** A run was ended by Ctrl-C or SIGTERM, and can go on: 128 and the number of SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}

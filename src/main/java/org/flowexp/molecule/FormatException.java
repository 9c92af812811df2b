package org.flowexp.molecule;

/** A structure or parameter file that says something that is wrong, or that is not supported. */
public final class FormatException extends Exception {
  private static final long serialVersionUID = 1;

  /** Where it is. */
  private final String file;

  /** From 1; 0 if it concerns the whole file. */
  private final int line;

  /**
   * A mistake.
   *
   * @param file its name
   * @param line from 1; 0 if it concerns the whole file
   * @param what was found
   * @param expected what would be right
   */
  public FormatException(String file, int line, String what, String expected) {
    super(file + (line > 0 ? ":" + line : "") + ": found " + what + "; expected " + expected);
    this.file = file;
    this.line = line;
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** From 1; 0 if it concerns the whole file. */
  public int line() {
    return line;
  }
}

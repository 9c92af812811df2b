package org.flowexp.diagnostics;

import java.util.Locale;

/** An error stops the run; a warning does not. */
public enum Severity {
  ERROR,
  WARNING;

  /** The word printed before the code. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.flowexp.claim;

import java.util.Locale;

/** What the runs say about an expectation or a claim. */
public enum Outcome {
  HELD,
  FAILED,
  /** The runs cannot tell: neither a pass nor a failure. */
  UNDECIDED;

  /** The word people and programs read, for example {@code held}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.flowexp.checkpoint;

import java.io.IOException;

/** A file that is not what it should be; the message says why. */
public final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  /** With the reason, a phrase without the file's name. */
  public Refusal(String reason) {
    super(reason);
  }
}

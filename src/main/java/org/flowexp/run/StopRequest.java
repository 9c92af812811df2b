package org.flowexp.run;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A person's, or a scheduler's, wish that runs end soon: after the step under way, with all that is
 * needed to go on later.
 */
public final class StopRequest {
  private final AtomicBoolean made = new AtomicBoolean();

  /** Asks; who works finds it when a step is done. */
  public void make() {
    made.set(true);
  }

  /** Whether it was made. */
  public boolean isMade() {
    return made.get();
  }

  /** Ends the work here if that is wished. */
  public void obey() {
    if (isMade()) {
      throw new Stopped();
    }
  }

  /** Work that ended because it was asked to; nothing is wrong. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("interrupted");
    }
  }
}

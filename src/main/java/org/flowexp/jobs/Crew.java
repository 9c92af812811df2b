package org.flowexp.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Those who do units: processes here, or jobs of a cluster. */
public interface Crew extends AutoCloseable {
  /** Takes all units; each is begun when those before it are over. Called once. */
  void take(List<WorkUnit> units) throws IOException;

  /** The units that are over since the last call, each told once; waits for a while if none is. */
  List<Ending> await(Duration most) throws IOException;

  /**
   * Leaves out what has not begun; it is told as {@link Ending.How#LEFT_OUT}.
   *
   * @param reason for people
   */
  void leaveOutTheRest(String reason) throws IOException;

  /** Asks what is under way to end soon, and to keep what is needed to go on. */
  void stop() throws IOException;

  /** Whether the work goes on when this process ends. */
  boolean outlivesThisProcess();

  /** Ends those that are still there. */
  @Override
  void close();

  /**
   * A unit that is over.
   *
   * @param reason why there is no result of it, for people; empty for one that is done
   */
  record Ending(int unit, How how, String reason) {
    /** Of a unit whose process came to its end. */
    static Ending done(int unit) {
      return new Ending(unit, How.DONE, "");
    }

    /** How a unit ended. */
    public enum How {
      /** Its process came to its end; what came of it is in the folder. */
      DONE,
      /** Its process is gone. */
      LOST,
      /** It was ended by a person, or by the cluster. */
      CANCELLED,
      /** It was not begun. */
      LEFT_OUT
    }
  }
}

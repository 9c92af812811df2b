package org.flowexp.data;

import java.io.IOException;

/** A trajectory that is damaged, or of a kind that is not read; frames count from 0. */
public final class UnreadableTrajectory extends IOException {
  private static final long serialVersionUID = 1;

  /** What helps. */
  private final String remedy;

  /**
   * A fault of a file.
   *
   * @param found what it is, after "it"
   * @param remedy what a person can do
   */
  UnreadableTrajectory(String found, String remedy) {
    super(found);
    this.remedy = remedy;
  }

  /** What a person can do. */
  public String remedy() {
    return remedy;
  }

  static UnreadableTrajectory cutOff(int frame) {
    return new UnreadableTrajectory(
        "ends within frame " + frame,
        "copy it again, or write the whole frames to a new file: `mdconvert` of MDTraj does");
  }
}

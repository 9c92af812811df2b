package org.flowexp.data;

import java.util.ArrayList;
import java.util.List;

/** Frames of a trajectory as they are read, nm. */
final class Frames {
  private final List<double[]> frames = new ArrayList<>();
  private final int width;

  /**
   * @param width numbers of a frame
   */
  Frames(int width) {
    this.width = width;
  }

  int count() {
    return frames.size();
  }

  void add(double[] frame) throws UnreadableTrajectory {
    if ((long) width * (frames.size() + 1) > Integer.MAX_VALUE) {
      throw new UnreadableTrajectory(
          "has more than " + frames.size() + " frames, too many numbers for one data set",
          "write every tenth frame to a new file");
    }
    frames.add(frame);
  }

  Samples samples(Object source) throws UnreadableTrajectory {
    if (frames.isEmpty()) {
      throw new UnreadableTrajectory("has no frames", "write at least one");
    }
    double[] all = new double[width * frames.size()];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, all, width * i, width);
    }
    return Samples.of(all, width, source.toString());
  }
}

package org.flowexp.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The compressed positions of an XTC frame, as the xdrf library of F. van Hoesel lays them out:
 * multiples of 1/precision nm as integers, relative to the least of each axis; an atom is written
 * by itself ({@link MixedRadix} of the three ranges), or, in a run after one that is, by its
 * difference from the atom before it, in a cube whose edge adapts as the frame goes on. The first
 * two atoms of a run are exchanged, for the sake of water.
 */
final class XtcCoordinates {
  /** Edges of the cubes: about powers of the third root of 2, so that a cube takes whole bits. */
  private static final int[] EDGES = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64, 80, 101, 128, 161, 203, 256,
    322, 406, 512, 645, 812, 1024, 1290, 1625, 2048, 2580, 3250, 4096, 5060, 6501, 8192, 10321,
    13003, 16384, 20642, 26007, 32768, 41285, 52015, 65536, 82570, 104031, 131072, 165140, 208063,
    262144, 330280, 416127, 524287, 660561, 832255, 1048576, 1321122, 1664510, 2097152, 2642245,
    3329021, 4194304, 5284491, 6658042, 8388607, 10568983, 13316085, 16777216
  };

  private static final int FIRST_EDGE = 9;
  private static final int MOST_BITS = 24;
  private static final int RUN_BITS = 5;

  private final BitStream bits;
  private final long[] least;
  private final MixedRadix ranges;
  private final double[] x;
  private final double precision;
  private int edge;
  private int filled;

  private XtcCoordinates(
      BitStream bits, long[] least, MixedRadix ranges, int edge, int atoms, double precision) {
    this.bits = bits;
    this.least = least;
    this.ranges = ranges;
    this.edge = edge;
    this.x = new double[3 * atoms];
    this.precision = precision;
  }

  /** Positions [3N], nm; what follows the number of atoms. */
  static double[] read(DataInputStream in, int atoms, int frame) throws IOException {
    double precision = in.readFloat();
    long[] least = {in.readInt(), in.readInt(), in.readInt()};
    long[] sizes = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      sizes[axis] = in.readInt() - least[axis] + 1;
    }
    int edge = in.readInt();
    int length = in.readInt();
    if (!(precision > 0)
        || Arrays.stream(sizes).anyMatch(size -> size < 1)
        || edge < FIRST_EDGE
        || edge >= EDGES.length
        || length < 0) {
      throw damaged(frame);
    }
    byte[] packed = in.readNBytes(length);
    if (packed.length < length) {
      throw new EOFException();
    }
    in.skipNBytes((Integer.BYTES - length % Integer.BYTES) % Integer.BYTES);
    boolean wide = Arrays.stream(sizes).anyMatch(size -> size >= 1L << MOST_BITS);
    MixedRadix ranges = wide ? MixedRadix.apart(sizes) : MixedRadix.together(sizes);
    try {
      return new XtcCoordinates(new BitStream(packed), least, ranges, edge, atoms, precision)
          .unpacked();
    } catch (IndexOutOfBoundsException | ArithmeticException damage) {
      throw (UnreadableTrajectory) damaged(frame).initCause(damage);
    }
  }

  private static UnreadableTrajectory damaged(int frame) {
    return new UnreadableTrajectory(
        "has positions in frame " + frame + " that cannot be unpacked",
        "copy it again: it is damaged");
  }

  private double[] unpacked() {
    int run = 0;
    while (filled < x.length) {
      long[] alone = ranges.read(bits);
      for (int axis = 0; axis < 3; axis++) {
        alone[axis] += least[axis];
      }
      int change = 0;
      if (bits.read(1) == 1) {
        int both = (int) bits.read(RUN_BITS);
        change = both % 3 - 1;
        run = both / 3;
      }
      run(alone, run);
      edge += change;
    }
    return x;
  }

  /** An atom and those that are written by their differences. */
  private void run(long[] alone, int length) {
    if (length == 0) {
      put(alone);
      return;
    }
    MixedRadix cube = MixedRadix.cube(EDGES[edge], edge);
    long half = EDGES[edge] / 2;
    long[] before = alone;
    for (int i = 0; i < length; i++) {
      long[] next = cube.read(bits);
      for (int axis = 0; axis < 3; axis++) {
        next[axis] += before[axis] - half;
      }
      put(next);
      if (i == 0) {
        put(alone);
      }
      before = next;
    }
  }

  private void put(long[] atom) {
    for (int axis = 0; axis < 3; axis++) {
      x[filled + axis] = atom[axis] / precision;
    }
    filled += 3;
  }
}

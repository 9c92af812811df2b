package org.flowexp.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads positions from GROMACS's XTC files: XDR numbers (RFC 4506), big-endian. A frame has the
 * number 1995, the atoms, the step, the time, nine numbers of the box, the atoms again and their
 * positions in nm: as they are up to nine atoms, else by {@link XtcCoordinates}.
 */
final class XtcReader {
  private static final int MAGIC = 1995;
  private static final int LARGE_MAGIC = 2023;
  private static final int BOX = 9;
  private static final int UNCOMPRESSED = 9;
  private static final String AGAIN = "write it again with MDTraj or GROMACS's `trjconv`";

  private final DataInputStream in;
  private final long size;

  private XtcReader(DataInputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  /** All frames, [frames, 3N]. */
  static Samples read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new XtcReader(in, Files.size(file)).samples(file);
    }
  }

  private Samples samples(Path file) throws IOException {
    int atoms = 0;
    Frames frames = new Frames(0);
    for (int first = in.read(); first >= 0; first = in.read()) {
      int number = frames.count();
      try {
        int found = atoms(first, number);
        if (number == 0) {
          atoms = found;
          frames = new Frames(Math.multiplyExact(3, atoms));
        }
        if (found != atoms) {
          throw new UnreadableTrajectory(
              "has %d atoms in frame %d and %d in the first".formatted(found, number, atoms),
              AGAIN);
        }
        frames.add(positions(atoms, number));
      } catch (EOFException end) {
        throw (UnreadableTrajectory) UnreadableTrajectory.cutOff(number).initCause(end);
      }
    }
    return frames.samples(file);
  }

  private int atoms(int first, int frame) throws IOException {
    byte[] rest = new byte[Integer.BYTES - 1];
    in.readFully(rest);
    int magic =
        (first << 24) | ((rest[0] & 0xff) << 16) | ((rest[1] & 0xff) << 8) | (rest[2] & 0xff);
    if (magic == LARGE_MAGIC) {
      throw new UnreadableTrajectory("is an XTC for very many atoms", "write the solute alone");
    }
    if (magic != MAGIC) {
      throw new UnreadableTrajectory(
          frame == 0
              ? "does not begin as an XTC"
              : "has something else where frame " + frame + " should begin",
          AGAIN);
    }
    int atoms = in.readInt();
    if (atoms < 1 || atoms > Byte.SIZE * size) { // an atom takes a bit or more
      throw new UnreadableTrajectory("has " + atoms + " atoms in frame " + frame, AGAIN);
    }
    in.skipNBytes(2L * Integer.BYTES + (long) BOX * Float.BYTES);
    return atoms;
  }

  private double[] positions(int atoms, int frame) throws IOException {
    int repeated = in.readInt();
    if (repeated != atoms) {
      throw new UnreadableTrajectory(
          "has %d positions of %d atoms in frame %d".formatted(repeated, atoms, frame), AGAIN);
    }
    if (atoms <= UNCOMPRESSED) {
      double[] x = new double[3 * atoms];
      for (int i = 0; i < x.length; i++) {
        x[i] = in.readFloat();
      }
      return x;
    }
    return XtcCoordinates.read(in, atoms, frame);
  }
}

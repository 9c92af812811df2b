package org.flowexp.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads positions from the DCD files of CHARMM, X-PLOR, NAMD and OpenMM, in either byte order:
 * Fortran records, whose length stands before and after them. A head of 84 bytes ("CORD" and 20
 * integers: the first the number of frames, the ninth that of fixed atoms; if the last, CHARMM's
 * version, is not 0, the eleventh says whether frames have unit cells, the twelfth a fourth
 * dimension), a title, the number of atoms; then for each frame the unit cell if there is one, and
 * x, y and z of all atoms, float32, Å.
 */
final class DcdReader {
  private static final int HEAD = 84;
  private static final int FRAMES = 0;
  private static final int FIXED = 8;
  private static final int CELL = 10;
  private static final int FOURTH = 11;
  private static final int VERSION = 19;
  private static final double ANGSTROMS = 10;
  private static final String AGAIN = "write it again with MDTraj or VMD as a DCD of positions";

  private final InputStream in;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private DcdReader(InputStream in) {
    this.in = in;
  }

  /** All frames, [frames, 3N]. */
  static Samples read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new DcdReader(in).samples(file);
    }
  }

  private Samples samples(Path file) throws IOException {
    int[] switches = switches();
    Optional<ByteBuffer> title = record(-1);
    Optional<ByteBuffer> counted = title.isPresent() ? record(-1) : Optional.empty();
    if (counted.isEmpty() || counted.get().remaining() != Integer.BYTES) {
      throw new UnreadableTrajectory("has a head that is cut off", AGAIN);
    }
    int atoms = counted.get().getInt();
    if (atoms < 1 || 3L * Float.BYTES * atoms > Files.size(file)) {
      throw new UnreadableTrajectory("is of " + atoms + " atoms, for which it is too small", AGAIN);
    }
    boolean cells = switches[VERSION] != 0 && switches[CELL] != 0;
    Frames frames = new Frames(Math.multiplyExact(3, atoms));
    for (Optional<double[]> frame = frame(0, atoms, cells);
        frame.isPresent();
        frame = frame(frames.count(), atoms, cells)) {
      frames.add(frame.get());
    }
    if (frames.count() != switches[FRAMES]) {
      throw new UnreadableTrajectory(
          "has " + frames.count() + " frames, and a head that says " + switches[FRAMES],
          "a program was stopped while it wrote; if the frames are sound, write them to a new file:"
              + " `mdconvert` of MDTraj does");
    }
    return frames.samples(file);
  }

  private int[] switches() throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length < Integer.BYTES) {
      throw new UnreadableTrajectory("is too short to be a DCD", AGAIN);
    }
    if (number(length) != HEAD) {
      order = ByteOrder.BIG_ENDIAN;
    }
    if (number(length) != HEAD) {
      throw new UnreadableTrajectory("does not begin as a DCD with lengths of 32 bits does", AGAIN);
    }
    ByteBuffer head = rest(HEAD, -1);
    byte[] kind = new byte[Integer.BYTES];
    head.get(kind);
    String word = new String(kind, StandardCharsets.ISO_8859_1);
    if (!word.equals("CORD")) {
      throw new UnreadableTrajectory(
          word.equals("VELD") ? "holds velocities" : "is not a DCD of positions", AGAIN);
    }
    int[] switches = new int[VERSION + 1];
    head.asIntBuffer().get(switches);
    if (switches[FIXED] != 0) {
      throw new UnreadableTrajectory(
          "leaves out " + switches[FIXED] + " fixed atoms after the first frame",
          "write it again with all atoms in each frame");
    }
    if (switches[VERSION] != 0 && switches[FOURTH] != 0) {
      throw new UnreadableTrajectory("has positions in four dimensions", AGAIN);
    }
    return switches;
  }

  private Optional<double[]> frame(int number, int atoms, boolean cells) throws IOException {
    if (cells && record(number).isEmpty()) {
      return Optional.empty();
    }
    double[] x = new double[3 * atoms];
    for (int axis = 0; axis < 3; axis++) {
      Optional<ByteBuffer> column = record(number);
      if (column.isEmpty()) {
        if (axis == 0 && !cells) {
          return Optional.empty();
        }
        throw UnreadableTrajectory.cutOff(number);
      }
      if (column.get().remaining() != Float.BYTES * atoms) {
        throw new UnreadableTrajectory(
            "has a record of %d bytes in frame %d, not %d of %d atoms"
                .formatted(column.get().remaining(), number, Float.BYTES * atoms, atoms),
            AGAIN);
      }
      for (int i = 0; i < atoms; i++) {
        x[3 * i + axis] = column.get().getFloat() / ANGSTROMS;
      }
    }
    return Optional.of(x);
  }

  /** The next record; empty at the end of the file. */
  private Optional<ByteBuffer> record(int frame) throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length == 0) {
      return Optional.empty();
    }
    if (length.length < Integer.BYTES) {
      throw UnreadableTrajectory.cutOff(Math.max(0, frame));
    }
    return Optional.of(rest(number(length), frame));
  }

  private ByteBuffer rest(int length, int frame) throws IOException {
    byte[] bytes = in.readNBytes(Math.max(0, length));
    byte[] again = in.readNBytes(Integer.BYTES);
    if (again.length < Integer.BYTES) {
      throw UnreadableTrajectory.cutOff(Math.max(0, frame));
    }
    if (number(again) != length) {
      throw new UnreadableTrajectory(
          "has a record that is %d bytes long by its beginning and %d by its end, in %s"
              .formatted(length, number(again), frame < 0 ? "the head" : "frame " + frame),
          "copy it again: it is damaged");
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  private int number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(order).getInt();
  }
}

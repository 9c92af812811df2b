package org.flowexp.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes positions as CHARMM's DCD (version 24, as X-PLOR, NAMD and VMD read it): Fortran records,
 * little-endian, float32, Å, without unit cells. Draws have no time; the step is 1.
 */
public final class DcdWriter implements TrajectoryWriter {
  private static final int HEAD = 84;
  private static final int SWITCHES = 20;
  private static final int LINE = 80;
  private static final int VERSION = 24;
  private static final String TITLE = "REMARKS Written by FlowExp";
  private static final double ANGSTROMS = 10;

  private final OutputStream out;
  private final int atoms;
  private long missing;

  private DcdWriter(OutputStream out, int atoms, long frames) {
    this.out = out;
    this.atoms = atoms;
    this.missing = frames;
  }

  /**
   * Creates the file, or replaces it.
   *
   * @param frames how many will be written: the head has their number, in 32 bits
   */
  public static DcdWriter to(Path file, int atoms, long frames) throws IOException {
    DcdWriter writer =
        new DcdWriter(new BufferedOutputStream(Files.newOutputStream(file)), atoms, frames);
    try {
      writer.head(Math.toIntExact(frames));
    } catch (IOException | RuntimeException failure) {
      writer.out.close();
      throw failure;
    }
    return writer;
  }

  private void head(int frames) throws IOException {
    ByteBuffer head = buffer(HEAD).put("CORD".getBytes(StandardCharsets.US_ASCII));
    int[] switches = new int[SWITCHES];
    switches[0] = frames;
    switches[2] = 1; // steps between frames
    switches[3] = frames; // steps in all
    switches[9] = Float.floatToIntBits(1); // length of a step
    switches[SWITCHES - 1] = VERSION;
    for (int value : switches) {
      head.putInt(value);
    }
    record(head);
    ByteBuffer title = buffer(Integer.BYTES + LINE).putInt(1);
    record(
        title.put((TITLE + " ".repeat(LINE - TITLE.length())).getBytes(StandardCharsets.US_ASCII)));
    record(buffer(Integer.BYTES).putInt(atoms));
  }

  @Override
  public void write(double[] x) throws IOException {
    int width = 3 * atoms;
    if (x.length % width != 0 || x.length / width > missing) {
      throw new IllegalArgumentException(x.length + " numbers, " + missing + " frames missing");
    }
    for (int frame = 0; frame < x.length; frame += width) {
      for (int axis = 0; axis < 3; axis++) {
        ByteBuffer column = buffer(Float.BYTES * atoms);
        for (int i = 0; i < atoms; i++) {
          column.putFloat((float) (ANGSTROMS * x[frame + 3 * i + axis]));
        }
        record(column);
      }
    }
    missing -= x.length / width;
  }

  /** A record as Fortran writes it: its length stands before and after it. */
  private void record(ByteBuffer content) throws IOException {
    byte[] bytes = new byte[content.flip().remaining()];
    content.get(bytes);
    byte[] length = buffer(Integer.BYTES).putInt(bytes.length).array();
    out.write(length);
    out.write(bytes);
    out.write(length);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (missing > 0) {
        throw new IllegalStateException(missing + " frames are missing");
      }
    }
  }
}

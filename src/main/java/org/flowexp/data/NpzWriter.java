package org.flowexp.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays as NumPy's {@code .npz}, one after the other, each in pieces of any size: what has
 * been written is not kept. NumPy reads it with {@code numpy.load}.
 */
public final class NpzWriter implements Closeable {
  private final ZipOutputStream zip;
  private long missing;
  private int bytes;

  private NpzWriter(ZipOutputStream zip) {
    this.zip = zip;
  }

  /** How a number is written. */
  public enum Width {
    /** In 4 bytes. */
    FLOAT32(4),
    /** In 8 bytes. */
    FLOAT64(8);

    private final int bytes;

    Width(int bytes) {
      this.bytes = bytes;
    }
  }

  /** Creates the file, or replaces it. */
  public static NpzWriter to(Path file) throws IOException {
    ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    zip.setLevel(Deflater.BEST_SPEED);
    return new NpzWriter(zip);
  }

  /**
   * Begins an array; the one before it must be complete.
   *
   * @param name unique in the file
   * @param shape lengths of the axes, the first varying slowest
   */
  public void begin(String name, Width width, long... shape) throws IOException {
    checkComplete();
    NpyHeader header = new NpyHeader(width.bytes, java.util.Arrays.stream(shape).boxed().toList());
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(header.written());
    bytes = header.bytes();
    missing = header.count();
  }

  /** The next numbers of the array. */
  public void write(double[] values) throws IOException {
    if (values.length > missing) {
      throw new IllegalArgumentException(values.length + " numbers, " + missing + " missing");
    }
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(values.length, bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (bytes == 4) {
        buffer.putFloat((float) value);
      } else {
        buffer.putDouble(value);
      }
    }
    zip.write(buffer.array());
    missing -= values.length;
  }

  /** A whole array. */
  public void write(String name, Width width, List<Long> shape, double[] values)
      throws IOException {
    begin(name, width, shape.stream().mapToLong(Long::longValue).toArray());
    write(values);
  }

  private void checkComplete() {
    if (missing > 0) {
      throw new IllegalStateException(missing + " numbers are missing in the array");
    }
  }

  /** Completes the file; without it, nobody can read it. */
  @Override
  public void close() throws IOException {
    try (zip) {
      checkComplete();
    }
  }
}

package org.flowexp.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A column of numbers too long for memory, in a temporary file that goes when it is closed. */
public final class Spool implements Closeable {
  private final FileChannel channel;
  private long length;

  private Spool(FileChannel channel) {
    this.channel = channel;
  }

  /** In a folder that has room. */
  public static Spool in(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, ".spool-", ".part");
    return new Spool(
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** How many numbers there are. */
  public long length() {
    return length;
  }

  /** Adds numbers at the end. */
  public void append(double[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    long at = length * Double.BYTES;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    length += values.length;
  }

  /** Some of the numbers. */
  public double[] read(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Double.BYTES));
    long at = from * Double.BYTES;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException(count + " numbers from " + from + " of " + length);
      }
      at += read;
    }
    double[] values = new double[count];
    bytes.flip().asDoubleBuffer().get(values);
    return values;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

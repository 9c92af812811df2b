package org.flowexp.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a compressed archive in the format ustar (POSIX.1-1988). Times and owners are left out, so
 * the same files give the same bytes.
 */
final class TarGz implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final int SUM_AT = 148;

  private final OutputStream output;

  TarGz(Path file) throws IOException {
    this.output = new Fast(Files.newOutputStream(file));
  }

  /** Almost all that goes in is compressed already. */
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Adds a file.
   *
   * @param name with {@code /} between folders; at most 100 bytes after the last that is needed
   */
  void add(String name, Path file) throws IOException {
    long size = Files.size(file);
    output.write(header(name, size, Files.isExecutable(file)));
    Files.copy(file, output);
    pad(size);
  }

  /** Adds a text. */
  void add(String name, byte[] content) throws IOException {
    output.write(header(name, content.length, false));
    output.write(content);
    pad(content.length);
  }

  private void pad(long size) throws IOException {
    output.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private static byte[] header(String name, long size, boolean isExecutable) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int cut = bytes.length > NAME ? slash(bytes) : -1;
    ByteBuffer header = ByteBuffer.allocate(BLOCK);
    header.put(Arrays.copyOfRange(bytes, cut + 1, bytes.length));
    header.position(NAME);
    octal(header, isExecutable ? 0755 : 0644, 8);
    octal(header, 0, 8);
    octal(header, 0, 8);
    octal(header, size, 12);
    octal(header, 0, 12);
    header.put("        0".getBytes(StandardCharsets.US_ASCII));
    header.position(257);
    header.put("ustar\00000".getBytes(StandardCharsets.US_ASCII));
    header.position(345);
    header.put(Arrays.copyOf(bytes, Math.max(0, cut)));
    int sum = 0;
    for (byte each : header.array()) {
      sum += Byte.toUnsignedInt(each);
    }
    header.position(SUM_AT);
    header.put("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  /** Where a long name is parted: the prefix is before it. */
  private static int slash(byte[] name) throws IOException {
    for (int i = Math.min(PREFIX, name.length - 1); i > 0; i--) {
      if (name[i] == '/' && name.length - i - 1 <= NAME) {
        return i;
      }
    }
    throw new IOException(
        "a name is too long for the archive: " + new String(name, StandardCharsets.UTF_8));
  }

  private static void octal(ByteBuffer header, long value, int width) {
    String digits = Long.toOctalString(value);
    String text = "0".repeat(width - 1 - digits.length()) + digits + "\0";
    header.put(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    output.write(new byte[2 * BLOCK]);
    output.close();
  }
}

package org.flowexp.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a {@code .npy} array (NumPy Enhancement Proposal 1).
 *
 * @param bytes of a number: 4 or 8
 * @param shape lengths of the axes
 */
record NpyHeader(int bytes, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final Pattern DICTIONARY =
      Pattern.compile(
          "'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a head and leaves the buffer, little-endian, at the first number.
   *
   * @throws IOException if it is not of little-endian floating numbers in C order; the message says
   *     what it is instead
   */
  static NpyHeader read(ByteBuffer in) throws IOException {
    in.order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < MAGIC.length + 4) {
      throw new IOException("too short to be an array");
    }
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("not in NumPy's format");
    }
    int version = in.get();
    in.get();
    long length = version == 1 ? in.getShort() & 0xffff : in.remaining() < 4 ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IOException("the head is cut off");
    }
    byte[] text = new byte[(int) length];
    in.get(text);
    Matcher found = DICTIONARY.matcher(new String(text, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IOException("not an array of plain numbers");
    }
    if (!found.group(1).equals("<f4") && !found.group(1).equals("<f8")) {
      throw new IOException("numbers of type " + found.group(1));
    }
    if (found.group(2).equals("True")) {
      throw new IOException("in Fortran's order");
    }
    return new NpyHeader(found.group(1).charAt(2) - '0', lengths(found.group(3)));
  }

  private static List<Long> lengths(String shape) throws IOException {
    try {
      return Arrays.stream(shape.split(",", -1))
          .map(String::trim)
          .filter(length -> !length.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new IOException("of shape (" + shape + ")", e);
    }
  }

  /** How many numbers follow. */
  long count() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The head as NumPy writes it, version 1.0, padded to a multiple of 64 bytes. */
  byte[] written() {
    String axes = String.join(", ", shape.stream().map(String::valueOf).toList());
    String dictionary =
        "{'descr': '<f%d', 'fortran_order': False, 'shape': (%s), }"
            .formatted(bytes, shape.size() == 1 ? axes + "," : axes);
    int bare = MAGIC.length + 4 + dictionary.length() + 1;
    int padding = (ALIGNMENT - bare % ALIGNMENT) % ALIGNMENT;
    byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(MAGIC.length + 4 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }
}

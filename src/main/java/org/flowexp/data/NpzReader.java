package org.flowexp.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * Reads arrays from NumPy's {@code .npz}: a zip of {@code .npy} files (NumPy Enhancement Proposal
 * 1), little-endian floating numbers in C order.
 */
public final class NpzReader {
  private static final int MAGIC = 6;
  private static final Pattern HEADER =
      Pattern.compile("'descr': '<f([48])', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");

  private NpzReader() {}

  /**
   * The array as rows: its first axis counts the samples, the others are laid end to end.
   *
   * @throws IOException if there is no such array, or it is not of this form
   */
  public static Samples read(Path file, String array) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      var entry = zip.getEntry(array + ".npy");
      if (entry == null) {
        throw new IOException(file + " has no array `" + array + "`");
      }
      try (var in = zip.getInputStream(entry)) {
        return rows(ByteBuffer.wrap(in.readAllBytes()), file + " `" + array + "`");
      }
    }
  }

  private static Samples rows(ByteBuffer bytes, String name) throws IOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(MAGIC);
    int version = bytes.get();
    bytes.get();
    byte[] header = new byte[version == 1 ? bytes.getShort() & 0xffff : bytes.getInt()];
    bytes.get(header);
    Matcher found = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IOException(name + " is not an array of floating numbers in C order");
    }
    long[] shape =
        Arrays.stream(found.group(2).split(",", -1))
            .map(String::trim)
            .filter(length -> !length.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    if (shape.length < 2) {
      throw new IOException(name + " has no rows of numbers");
    }
    double[] values = new double[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = found.group(1).equals("4") ? bytes.getFloat() : bytes.getDouble();
    }
    return Samples.of(values, Math.toIntExact(values.length / Math.max(shape[0], 1)), name);
  }
}

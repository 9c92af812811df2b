package org.flowexp.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Reads arrays from NumPy's {@code .npz}: a zip of {@code .npy} files (NumPy Enhancement Proposal
 * 1), little-endian floating numbers in C order.
 */
public final class NpzReader {
  private static final String ENDING = ".npy";

  private NpzReader() {}

  /**
   * The names of the arrays, in the order of the file.
   *
   * @throws IOException if it is not a zip
   */
  public static List<String> arrays(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .toList();
    }
  }

  /**
   * The array as rows: its first axis counts the samples, the others are laid end to end.
   *
   * @throws IOException if there is no such array, or it is not of this form
   */
  public static Samples read(Path file, String array) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      var entry = zip.getEntry(array + ENDING);
      if (entry == null) {
        throw new IOException(file + " has no array `" + array + "`");
      }
      try (var in = zip.getInputStream(entry)) {
        return rows(ByteBuffer.wrap(in.readAllBytes()), file + " `" + array + "`");
      }
    }
  }

  private static Samples rows(ByteBuffer bytes, String name) throws IOException {
    NpyHeader header = NpyHeader.read(bytes);
    List<Long> shape = header.shape();
    boolean atoms = shape.size() == 3 && shape.get(2) == 3;
    if (!(shape.size() == 2 || atoms) || header.count() == 0) {
      throw new IOException("of shape " + shape);
    }
    if (bytes.remaining() != header.count() * header.bytes()) {
      throw new IOException(
          "of shape " + shape + ", but with " + bytes.remaining() / header.bytes() + " numbers");
    }
    double[] values = new double[Math.toIntExact(header.count())];
    for (int i = 0; i < values.length; i++) {
      values[i] = header.bytes() == 4 ? bytes.getFloat() : bytes.getDouble();
    }
    return Samples.of(values, Math.toIntExact(values.length / shape.get(0)), name);
  }
}

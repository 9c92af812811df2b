package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Arrays of numbers by NumPy's description of the format, not by the project's reader. */
final class NumPyFile {
  private NumPyFile() {}

  /**
   * All numbers of an array, the last axis fastest.
   *
   * @param shape as NumPy writes it
   */
  static double[] array(Path file, String name, String shape) throws IOException {
    byte[] rest = body(file, name, "<f8", shape);
    double[] values = new double[rest.length / Double.BYTES];
    ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  /** The same of an array of floats. */
  static float[] floats(Path file, String name, String shape) throws IOException {
    byte[] rest = body(file, name, "<f4", shape);
    float[] values = new float[rest.length / Float.BYTES];
    ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static byte[] body(Path file, String name, String type, String shape) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"));
        DataInputStream bytes = new DataInputStream(in)) {
      byte[] magic = bytes.readNBytes(8);
      assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, magic);
      int length = Short.toUnsignedInt(Short.reverseBytes(bytes.readShort()));
      String head = new String(bytes.readNBytes(length), StandardCharsets.US_ASCII);
      assertTrue(head.startsWith("{'descr': '" + type + "', 'fortran_order': False, "), head);
      assertTrue(head.contains("'shape': (" + shape + ")"), head);
      return bytes.readAllBytes();
    }
  }
}

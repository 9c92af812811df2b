package org.flowexp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzReaderTest {
  @TempDir private Path folder;

  /** As NumPy's format description (version 1.0) lays it out. */
  private Path written(String header, double... values) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) text.length).put(text);
    for (double value : values) {
      bytes.putDouble(value);
    }
    Path file = folder.resolve("x.npz");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(bytes.array());
      zip.closeEntry();
    }
    return file;
  }

  @Test
  void axesAfterTheFirstAreLaidEndToEnd() throws IOException {
    Path file =
        written(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, 3), }\n", 1, 2, 3, 4, 5, 6);
    Samples samples = NpzReader.read(file, "x");
    assertEquals(3, samples.dim());
    assertArrayEquals(new double[] {4, 5, 6}, samples.rows(new int[] {1}));
  }

  @Test
  void otherArraysAreRefused() throws IOException {
    Path file = written("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1), }\n", 1);
    assertThrows(IOException.class, () -> NpzReader.read(file, "x"));
    assertThrows(IOException.class, () -> NpzReader.read(file, "y"));
  }

  @Test
  void aShapeThatTheNumbersDoNotFillIsRefused() throws IOException {
    String[] shapes = {"(2, 2)", "(3,)", "(1, 1, 3)x", "(0, 3)", "(1, 3, 1)", "(1, 2, 2)"};
    for (String shape : shapes) {
      Path file =
          written("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }\n", 1, 2);
      assertThrows(IOException.class, () -> NpzReader.read(file, "x"), shape);
    }
  }
}

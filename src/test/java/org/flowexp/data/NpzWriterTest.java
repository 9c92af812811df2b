package org.flowexp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.flowexp.data.NpzWriter.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzWriterTest {
  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("x.npz");
    try (NpzWriter writer = NpzWriter.to(file)) {
      writer.begin("x", Width.FLOAT64, 3, 2);
      writer.write(new double[] {1, 2, 3});
      writer.write(new double[] {0.1, 5, 6});
      writer.write("u", Width.FLOAT32, List.of(3L), new double[] {0.1, 2, -1e30});
    }
    return file;
  }

  @Test
  void whatIsWrittenInPiecesIsReadBack() throws IOException {
    Path file = written();
    assertEquals(List.of("x", "u"), NpzReader.arrays(file));
    Samples samples = NpzReader.read(file, "x");
    assertEquals(2, samples.dim());
    assertArrayEquals(new double[] {1, 2, 3, 0.1, 5, 6}, samples.values());
  }

  /** The bytes that NumPy Enhancement Proposal 1 prescribes for version 1.0. */
  @Test
  void theHeadIsNumPys() throws IOException {
    try (ZipFile zip = new ZipFile(written().toFile());
        var in = zip.getInputStream(zip.getEntry("u.npy"))) {
      byte[] bytes = in.readAllBytes();
      String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
      assertEquals((byte) 0x93, bytes[0]);
      assertEquals("NUMPY", new String(bytes, 1, 5, StandardCharsets.ISO_8859_1));
      assertArrayEquals(new byte[] {1, 0, 118, 0}, java.util.Arrays.copyOfRange(bytes, 6, 10));
      String head = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
      assertTrue(head.startsWith(dictionary) && head.endsWith(" \n"), head);
      assertEquals(128 + 3 * 4, bytes.length);
      // 0.1f is 0x3dcccccd
      assertArrayEquals(
          new byte[] {(byte) 0xcd, (byte) 0xcc, (byte) 0xcc, 0x3d},
          java.util.Arrays.copyOfRange(bytes, 128, 132));
    }
  }

  @Test
  void anArrayHasAsManyNumbersAsItsShape() throws IOException {
    try (NpzWriter writer = NpzWriter.to(folder.resolve("y.npz"))) {
      writer.begin("x", Width.FLOAT64, 1, 2);
      assertThrows(IllegalArgumentException.class, () -> writer.write(new double[3]));
      assertThrows(IllegalStateException.class, () -> writer.begin("u", Width.FLOAT64, 1));
      writer.write(new double[2]);
    }
  }
}

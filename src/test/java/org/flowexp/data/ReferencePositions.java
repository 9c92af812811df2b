package org.flowexp.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipFile;

/** What MDTraj reads of the trajectories, nm; arrays taken apart without the project's reader. */
final class ReferencePositions {
  private static final Path FILE =
      Path.of("src/test/resources/reference/trajectories/positions.npz");

  private ReferencePositions() {}

  static double[] of(String array) throws IOException {
    try (ZipFile zip = new ZipFile(FILE.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(array + ".npy"));
        DataInputStream bytes = new DataInputStream(in)) {
      bytes.readNBytes(8);
      bytes.readNBytes(Short.toUnsignedInt(Short.reverseBytes(bytes.readShort())));
      ByteBuffer numbers = ByteBuffer.wrap(bytes.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      double[] x = new double[numbers.remaining() / Float.BYTES];
      Arrays.setAll(x, i -> numbers.getFloat(Float.BYTES * i));
      return x;
    }
  }
}

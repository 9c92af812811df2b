package org.flowexp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trajectories against what MDTraj reads of them. */
class ConfigurationsTest {
  private static final Path WRITTEN = Path.of("src/test/resources/reference/trajectories");
  private static final int FIXED = 4 + 4 + 8 * 4;
  private static final int FRAMES = 4 + 4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "dipeptide.dcd, 22",
    "big.dcd, 22",
    "cell.dcd, 22",
    "dipeptide.xtc, 22",
    "precise.xtc, 22",
    "water.xtc, 180",
    "wide.xtc, 12",
    "far.xtc, 12",
    "nine.xtc, 9"
  })
  void positionsAreThoseThatMdtrajReads(String name, int atoms) throws IOException {
    Samples samples = Configurations.read(WRITTEN.resolve(name));
    double[] expected = ReferencePositions.of(name.replace('.', '_'));
    assertEquals(3 * atoms, samples.dim());
    assertEquals(expected.length, samples.count() * samples.dim());
    double[] found = samples.values();
    for (int i = 0; i < found.length; i++) {
      // MDTraj multiplies in float32: an error of each factor and of the product
      assertEquals(expected[i], found[i], 2e-7 * Math.max(1, Math.abs(expected[i])), name + i);
    }
  }

  @Test
  void decimalsOfAnXtcAreItsPrecision() throws IOException {
    double[] original = ReferencePositions.of("original");
    double coarse = distance(original, "dipeptide.xtc");
    double fine = distance(original, "precise.xtc");
    assertTrue(coarse > 1e-4 && coarse < 5.01e-4, coarse + " nm of 0.0005");
    assertTrue(fine > 1e-6 && fine < 5.01e-6, fine + " nm of 0.000005");
  }

  private static double distance(double[] original, String name) throws IOException {
    double[] found = Configurations.read(WRITTEN.resolve(name)).values();
    double most = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - original[i]));
    }
    return most;
  }

  private Path written(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("damaged" + name.substring(name.indexOf('.')));
    Files.write(file, bytes);
    return file;
  }

  private UnreadableTrajectory refusal(String name, byte[] bytes) throws IOException {
    Path file = written(name, bytes);
    return assertThrows(UnreadableTrajectory.class, () -> Configurations.read(file));
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(WRITTEN.resolve(name));
  }

  @Test
  void aDcdThatIsCutOffIsRefusedWhereverItEnds() throws IOException {
    byte[] whole = bytes("cell.dcd");
    int cut = 0;
    for (int length = 0; length < whole.length; length += 7) {
      String found = refusal("x.dcd", Arrays.copyOf(whole, length)).getMessage();
      cut += found.startsWith("ends within frame 7") ? 1 : 0;
    }
    assertTrue(cut > 40, cut + " places in the last frame");
    assertEquals(8, Configurations.read(written("x.dcd", whole)).count());
  }

  @Test
  void anXtcThatIsCutOffIsRefusedUnlessAFrameEndsThere() throws IOException {
    byte[] whole = bytes("dipeptide.xtc");
    int accepted = 0;
    for (int length = 0; length < whole.length; length++) {
      Path file = written("x.xtc", Arrays.copyOf(whole, length));
      try {
        Samples samples = Configurations.read(file);
        accepted++;
        assertEquals(accepted, samples.count());
      } catch (UnreadableTrajectory refused) {
        assertTrue(
            refused.getMessage().matches("ends within frame \\d|has no frames"),
            refused.getMessage());
      }
    }
    assertEquals(7, accepted);
  }

  /** No seed is better than another: damage is found, or the numbers are others. */
  @ParameterizedTest
  @ValueSource(strings = {"dipeptide.dcd", "dipeptide.xtc", "far.xtc", "wide.xtc", "nine.xtc"})
  void damageIsRefusedOrChangesNumbersAndNothingElse(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] whole = bytes(name);
    int refused = 0;
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        Configurations.read(written(name, damaged));
      } catch (UnreadableTrajectory damage) {
        refused++;
      }
    }
    assertTrue(refused > 5, refused + " of 300");
  }

  private byte[] changed(int at, int value) throws IOException {
    byte[] bytes = bytes("dipeptide.dcd");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return bytes;
  }

  @Test
  void whatADcdMayHoldBesidesIsRefusedByName() throws IOException {
    UnreadableTrajectory fixed = refusal("x.dcd", changed(FIXED, 3));
    assertTrue(fixed.getMessage().startsWith("leaves out 3 fixed atoms"), fixed.getMessage());
    assertTrue(fixed.remedy().contains("all atoms"), fixed.remedy());
    String stale = refusal("x.dcd", changed(FRAMES, 0)).getMessage();
    assertEquals("has 8 frames, and a head that says 0", stale);
    byte[] velocities = bytes("dipeptide.dcd");
    System.arraycopy("VELD".getBytes(StandardCharsets.US_ASCII), 0, velocities, 4, 4);
    assertEquals("holds velocities", refusal("x.dcd", velocities).getMessage());
    assertEquals(
        "does not begin as a DCD with lengths of 32 bits does",
        refusal("x.dcd", bytes("dipeptide.xtc")).getMessage());
    assertEquals("does not begin as an XTC", refusal("x.xtc", bytes("big.dcd")).getMessage());
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    double[] x = ReferencePositions.of("original");
    Path file = folder.resolve("own.DCD");
    try (DcdWriter writer = DcdWriter.to(file, 22, 8)) {
      writer.write(x);
    }
    double[] found = Configurations.read(file).values();
    assertArrayEquals(x, found, 1e-7);
    x[17] += 1e-5;
    assertNotEquals(x[17], found[17], 1e-7);
  }
}

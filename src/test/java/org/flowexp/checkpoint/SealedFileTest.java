package org.flowexp.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.cli.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFileTest {
  private static final Archive ARCHIVE =
      new Archive.Builder()
          .text("what", "a text, ä")
          .longs("counts", 0, -1, Long.MAX_VALUE)
          .doubles("single", 1.5, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, (float) 0.1)
          .doubles("double", 0.1, Double.MIN_VALUE, 1e300)
          .doubles("empty")
          .build();

  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("a.flowexp");
    SealedFile.write(file, ARCHIVE);
    return file;
  }

  @Test
  void whatIsReadIsWhatWasWrittenToTheBit() throws IOException {
    Archive read = SealedFile.read(written());
    assertEquals(ARCHIVE, read);
    assertArrayEquals(bits(ARCHIVE.doubles("single")), bits(read.doubles("single")));
    assertEquals("a text, ä", read.text("what"));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no draft is left");
    }
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void aFileCutAnywhereIsRefusedWithItsReason() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut.flowexp");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      Refusal reason = assertThrows(Refusal.class, () -> SealedFile.read(cut));
      assertTrue(
          reason.getMessage().matches("it is cut off after .*|it holds .* bytes of content, .*"),
          reason.getMessage());
    }
    Faults.record(
        "sealed file cut at every length",
        new Faults.Count(whole.length, whole.length, 0),
        "refused with the reason");
  }

  @Test
  void aFileWithAnyByteChangedIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path changed = folder.resolve("changed.flowexp");
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 0x20;
      Files.write(changed, bytes);
      assertThrows(Refusal.class, () -> SealedFile.read(changed), "byte " + i);
    }
    Faults.record(
        "sealed file with each byte changed",
        new Faults.Count(whole.length, whole.length, 0),
        "refused with the reason");
    Files.write(
        changed,
        "another program's file, long enough to be one of ours, it seems to be"
            .getBytes(StandardCharsets.UTF_8));
    Refusal foreign = assertThrows(Refusal.class, () -> SealedFile.read(changed));
    assertEquals("it is not a file of FlowExp", foreign.getMessage());
  }

  @Test
  void theLastTwoCheckpointsAreKeptAndADamagedOneGivesWayToTheOneBefore() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, "key");
    List<String> refused = new ArrayList<>();
    for (long step = 10; step <= 40; step += 10) {
      checkpoints.save(step, new Archive.Builder().longs("step", step).build());
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
    assertEquals(Optional.of(40L), checkpoints.latest(a -> a.number("step"), refused::add));
    Path newest = folder.resolve("step-000000000040.checkpoint");
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 70));
    assertEquals(Optional.of(30L), checkpoints.latest(a -> a.number("step"), refused::add));
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("is refused: it holds"), refused.get(0));
    checkpoints.save(35, new Archive.Builder().longs("step", 35).build());
    assertEquals(Optional.of(35L), checkpoints.latest(a -> a.number("step"), refused::add));

    Checkpoints other = new Checkpoints(folder, "another key");
    assertEquals(Optional.empty(), other.latest(a -> a.number("step"), refused::add));
    assertTrue(refused.get(1).contains("it belongs to another training"), refused.get(1));
    checkpoints.clear();
    assertTrue(Files.notExists(folder));
    Files.createDirectory(folder);
  }
}

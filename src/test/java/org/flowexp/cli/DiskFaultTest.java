package org.flowexp.cli;

import static org.flowexp.cli.RunProcess.points;
import static org.flowexp.cli.RunProcess.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full, fill up, or cannot be written: file systems in memory, mounted for the test,
 * which needs the right to mount.
 */
@Tag("slow")
class DiskFaultTest {
  @TempDir private Path directory;
  private ToyRun toy;
  private Path calm;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    toy = new ToyRun(directory);
    calm = directory.resolve("calm");
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk.toString()) == 0,
        "a file system cannot be mounted here: run as root to test full disks");
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }

  private void remount(String options) throws Exception {
    assertEquals(0, command("mount", "-o", "remount," + options, disk.toString()));
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : ToyRun.files(folder, ".*")) {
      size += Files.isRegularFile(file) ? 4096 + Files.size(file) : 4096;
    }
    return size / 1024;
  }

  @Test
  void aDiskThatFillsUpCostsNoResultAndWithRoomTheSameCommandKeepsAll() throws Exception {
    Terminal.Answer whole = toy.run(calm, "--format", "json");
    assertEquals(ExitCode.OK, whole.code(), whole.err());
    long needed = size(calm);
    int tried = 0;
    int before = 0;
    int kept = 0;
    List<Long> sizes = new ArrayList<>();
    for (int part = 0; part < 16; part++) {
      sizes.add(Math.max(4, needed * part / 28));
    }
    for (long kilobytes : sizes) {
      tried++;
      remount("size=" + kilobytes + "k");
      Path cache = disk.resolve("cache");
      Terminal.Answer full = toy.run(cache, "--format", "json");
      assertFalse(full.err().contains("FX09"), full.err());
      if (full.code() == ExitCode.RUNTIME) {
        before++;
        assertTrue(full.err().startsWith("error[FX0700]: "), full.err());
        assertEquals("", full.out());
      } else {
        assertEquals(ExitCode.OK, full.code(), full.err());
        assertEquals(whole.out(), full.out(), "what was measured is told all the same");
        boolean warned = full.err().contains("No space left on device");
        kept += warned ? 0 : 1;
      }
      remount("size=64m");
      Terminal.Answer again = toy.run(cache, "--format", "json");
      assertEquals(whole.out(), again.out(), again.err());
      assertFalse(again.err().contains("is refused"), "no half file is left: " + again.err());
      assertEquals(records(calm), records(cache));
      assertPointsOf(cache);
      for (Path file :
          ToyRun.files(disk, "cache.*").stream().sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
    assertTrue(before > 0, "the smallest disk has no room for a file");
    assertTrue(kept > 0 && kept < tried / 2, kept + " disks had room for all");
    Faults.record(
        "disk full (a file system in memory of 4 kB to what is needed)",
        new Faults.Count(tried, tried, 0),
        "%d too small for a file: refused before anything ran (FX0700); %d filled up on the way: the results were printed, whole; with room, the same command left what an undisturbed run leaves"
            .formatted(before, tried - before - kept));
  }

  /** Each point once, in one journal that can be read. */
  private void assertPointsOf(Path cache) throws IOException {
    List<String> expected =
        points(calm).values().iterator().next().stream().filter(DiskFaultTest::isPoint).toList();
    List<String> found =
        points(cache).values().iterator().next().stream().filter(DiskFaultTest::isPoint).toList();
    assertEquals(expected, found);
  }

  private static boolean isPoint(String event) {
    return !event.contains("run-finished");
  }

  @Test
  void aReadOnlyCacheFolderIsSaidBeforeAnythingRuns() throws Exception {
    remount("size=64m");
    Path cache = disk.resolve("cache");
    assertEquals(ExitCode.OK, toy.run(cache).code());
    long before = size(cache);
    remount("ro");
    Terminal.Answer answer = toy.run(cache);
    assertEquals(ExitCode.RUNTIME, answer.code());
    assertTrue(answer.err().startsWith("error[FX0700]: "), answer.err());
    assertTrue(answer.err().contains("Read-only file system"), answer.err());
    assertEquals(before, size(cache));
    remount("rw");
    assertEquals(ExitCode.OK, toy.run(cache).code());
    Faults.record(
        "read-only cache folder",
        new Faults.Count(1, 1, 0),
        "refused before anything ran (FX0700); nothing in it changed; with rights again, all was found");
  }
}

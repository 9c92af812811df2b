package org.flowexp.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowexp.model.Canonical;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {
  private static final double[] VALUES = {0.1, -0.0, Double.NaN, 1e-300};

  @TempDir private Path folder;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();

  private DiskStore store() {
    return new DiskStore(folder, messages::add);
  }

  private static Stage<double[]> stage(String basis) {
    return new Stage<>(
        "energies",
        "of " + basis,
        Canonical.sha256(basis),
        Map.of("basis", basis),
        double[].class,
        Optional.of(new Energies()),
        found -> true);
  }

  private double[] work() {
    runs.incrementAndGet();
    return VALUES.clone();
  }

  private Path result(Stage<?> stage) {
    return folder.resolve(stage.id()).resolve("result.flowexp");
  }

  @Test
  void aStageIsRunOnceAndReadBackToTheBit() {
    assertEquals(Kept.Origin.RUN, store().get(stage("a"), this::work).origin());
    Kept<double[]> again = store().get(stage("a"), this::work);
    assertEquals(Kept.Origin.CACHED, again.origin());
    assertArrayEquals(VALUES, again.value());
    assertEquals(1, runs.get());
    store().get(stage("b"), this::work);
    assertEquals(2, runs.get());
    assertEquals(List.of(), messages);
    assertEquals(
        List.of("of a", "of b"),
        store().entries().stream().map(StageEntry::name).sorted().toList());
  }

  @Test
  void aResultCutAtAnyLengthIsSetAsideAndRunAgain() throws IOException {
    store().get(stage("a"), this::work);
    byte[] whole = Files.readAllBytes(result(stage("a")));
    int times = 1;
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(result(stage("a")), Arrays.copyOf(whole, length));
      assertTrue(store().refusal(stage("a")).isPresent());
      assertArrayEquals(VALUES, store().get(stage("a"), this::work).value());
      assertEquals(++times, runs.get());
      assertEquals(times - 1, messages.size());
      assertTrue(messages.get(times - 2).contains("is refused: "), messages.toString());
      assertTrue(messages.get(times - 2).contains(".refused-"), messages.toString());
    }
    assertArrayEquals(whole, Files.readAllBytes(result(stage("a"))));
  }

  @Test
  void aResultOfAnotherStageOrWithoutItsManifestIsRefused() throws IOException {
    store().get(stage("a"), this::work);
    store().get(stage("b"), this::work);
    Files.copy(
        result(stage("a")), result(stage("b")), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertTrue(store().refusal(stage("b")).orElseThrow().startsWith("its result is of energies-"));
    Files.delete(folder.resolve(stage("a").id()).resolve("stage.json"));
    assertEquals("its stage.json is missing", store().refusal(stage("a")).orElseThrow());
    Path b = folder.resolve(stage("b").id()).resolve("stage.json");
    Files.writeString(b, Files.readString(b).substring(0, 40));
    assertEquals("its stage.json is damaged", store().refusal(stage("b")).orElseThrow());
    assertArrayEquals(VALUES, store().get(stage("b"), this::work).value());
    assertEquals(3, runs.get());
  }

  @Test
  void threadsWithStoresOfTheirOwnRunAStageOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Kept<double[]>>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            pool.submit(
                () ->
                    store()
                        .get(
                            stage("a"),
                            () -> {
                              pause();
                              return work();
                            })));
      }
      for (Future<Kept<double[]>> one : all) {
        assertArrayEquals(VALUES, one.get().value());
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(1, runs.get());
    assertTrue(messages.stream().allMatch(m -> m.startsWith("waiting for")), messages.toString());
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theLockOfAProcessThatIsKilledIsFree() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process holder =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    assertEquals('h', holder.getInputStream().read());
    Thread killer =
        new Thread(
            () -> {
              pause();
              holder.destroyForcibly();
            });
    killer.start();
    assertEquals(Kept.Origin.RUN, store().get(stage("a"), this::work).origin());
    killer.join();
    assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
    assertTrue(messages.get(0).startsWith("waiting for another process"), messages.toString());
  }

  /** Another process, in the middle of the stage. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      new DiskStore(Path.of(arguments[0]), message -> {})
          .get(
              stage("a"),
              () -> {
                System.out.print("h");
                System.out.flush();
                while (true) {
                  pause();
                }
              });
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsAWarningThatNamesTheStage() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    DiskStore store = new DiskStore(file, messages::add);
    Kept<double[]> kept = store.get(stage("a"), this::work);
    assertEquals(Kept.Origin.RUN_UNKEPT, kept.origin());
    assertArrayEquals(VALUES, kept.value());
    String all = String.join("\n", messages);
    assertTrue(all.contains("warning: the result of energies `of a`"), all);
    assertTrue(all.contains("goes on with it in memory"), all);
  }

  @Test
  void whatFailsIsNotKeptAndADraftLeftBehindIsRemoved() throws IOException {
    Path draft = folder.resolve("." + stage("a").id() + ".1234.part");
    Files.createDirectories(draft);
    Files.writeString(draft.resolve("result.flowexp"), "half");
    assertThrows(
        IllegalStateException.class,
        () ->
            store()
                .get(
                    stage("a"),
                    () -> {
                      throw new IllegalStateException("diverged");
                    }));
    assertEquals(List.of(), store().entries());
    store().get(stage("a"), this::work);
    assertTrue(Files.notExists(draft));
  }

  @Test
  void aResultThatDoesNotSufficeIsMadeAgainAndReplaced() {
    store().get(stage("a"), this::work);
    Stage<double[]> longer = stage("a").needing(found -> found.length > VALUES.length);
    MemoryStore memory = new MemoryStore(store());
    memory.get(stage("a"), this::work);
    assertEquals(Kept.Origin.RUN, memory.get(longer, () -> new double[9]).origin());
    assertEquals(9, store().get(stage("a"), this::work).value().length);
    assertEquals(1, runs.get());
  }
}

package org.flowexp.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.execution.Workplace;
import org.flowexp.model.SweepModel;
import org.flowexp.parse.Parser;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.MemoryStore;
import org.flowexp.stage.RunSource;
import org.flowexp.stage.StageKeys;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.testing.CountingMlflow;
import org.flowexp.tracking.JournalSync;
import org.flowexp.tracking.MlflowCredentials;
import org.flowexp.tracking.MlflowTracker;
import org.flowexp.tracking.TrackingSettings;
import org.flowexp.tracking.TrackingTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep through the real check, graph, submission, watch and journal, on a cluster that does not
 * train. The large one writes its figures to {@code target/many-arms.md}.
 */
class ManyArmsTest {
  private static final Path FILE = Path.of("src/test/resources/examples/small_sweep.flowexp");
  private static final int LARGEST_ARRAY = 1_000;
  private static final int OBJECTIVES = 5;

  /** Is it there; make it; is it open; its points; its end. */
  private static final long CALLS_A_RUN = 6;

  @TempDir private Path directory;
  private final List<String> figures = new ArrayList<>();

  private static SweepModel sweep(int seeds) throws IOException {
    String text =
        Files.readString(FILE)
            .replaceFirst(
                "sweep losses of toy .*",
                "sweep losses of toy { objective in [kl_z, l2, l2_masked, df_kl_x, blend], seed in 0.."
                    + (seeds - 1)
                    + " }\nloss blend = 0.5 * kl_z + l2_masked")
            .replace("kl_x, kl_z, l2, l2_masked }", "kl_x, kl_z, l2, l2_masked, df_kl_x }");
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source = new SourceFile("many.flowexp", text, FILE.toAbsolutePath().getParent());
    Optional<org.flowexp.model.Suite> suite =
        Checker.check(Parser.parse(source, diagnostics), Choices.none(), diagnostics);
    assertTrue(suite.isPresent(), () -> diagnostics.inFileOrder().toString());
    return suite.get().sweeps().get(0);
  }

  private <T> T timed(String what, java.util.concurrent.Callable<T> work) throws Exception {
    long begin = System.nanoTime();
    long processor = processorNanos();
    T result = work.call();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double busy = (processorNanos() - processor) * 1e-9;
    Runtime machine = Runtime.getRuntime();
    System.gc();
    long used = (machine.totalMemory() - machine.freeMemory()) >> 20;
    figures.add(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %d |", what, busy, seconds, used));

    return result;
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getProcessCpuTime()
        : 0;
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private void simulate(int seeds) throws Exception {
    SweepModel sweep = timed("check, all arms resolved", () -> sweep(seeds));
    int arms = OBJECTIVES * seeds;
    assertEquals(arms, sweep.arms().size());
    RunSettings how = new RunSettings(Precision.FLOAT32, Device.CPU, 1, false);
    SweepIdentity identity = timed("hash of the sweep", () -> new SweepIdentity(sweep, how));
    WorkGraph graph =
        timed(
            "graph of units",
            () ->
                WorkGraph.of(
                    sweep,
                    new StageKeys("float32"),
                    stage -> false,
                    arm -> sweep.arms().get(arm).values().toString()));
    assertEquals(1 + seeds + arms, graph.units().size());
    RunSource source = new RunSource("many", "", "", List.of(), Optional.empty(), Optional.empty());
    WorkFolder folder =
        WorkFolder.create(
            directory.resolve("work"),
            new WorkOrder(identity.id(), "losses", source, Map.of(), graph.units()));
    SimulatedCluster cluster = new SimulatedCluster(folder, graph.units(), identity, LARGEST_ARRAY);
    AtomicLong events = new AtomicLong();
    AtomicLong files = new AtomicLong();
    SweepResult result =
        timed(
            "submit, watch, journal, until the last result",
            () -> watch(identity, folder, graph, cluster, counting(events, files)));
    assertEquals(arms, result.records().size());
    assertEquals(arms * 27L, events.get(), "each event of each arm, once");
    assertTrue(isInOrder(graph.units(), cluster.done()), "after those it waits for");
    List<Integer> backwards = new ArrayList<>(cluster.done());
    java.util.Collections.reverse(backwards);
    assertTrue(!isInOrder(graph.units(), backwards), "the check can fail");
    int expected = 1 + (seeds + LARGEST_ARRAY - 1) / LARGEST_ARRAY + seeds;
    assertEquals(expected, cluster.submissions(), "data, pretrainings, the arms of each seed");
    sync(arms);
    figures.add("\n" + arms + " arms, " + graph.units().size() + " units: ");
    figures.add(
        cluster.submissions() + " calls of sbatch, " + cluster.questions() + " of squeue, ");
    figures.add(events.get() + " events, at most " + files.get() + " files open");
  }

  /** Sends the journal of all arms to a server that counts. */
  private void sync(int arms) throws Exception {
    try (CountingMlflow server = new CountingMlflow()) {
      TrackingTarget.Server target =
          new TrackingTarget.Server(server.uri(), new MlflowCredentials.Anonymous());
      JournalSync sync = new JournalSync(target, TrackingSettings.USUAL_DEADLINE, message -> {});
      assertEquals(
          arms + 1,
          timed("`sync` of the journal", () -> sync.sync(directory.resolve("journal")).sent())
              .size());
      java.util.Map<String, Long> calls = server.calls();
      long all = calls.values().stream().mapToLong(Long::longValue).sum();
      assertEquals(arms + 1L, calls.get("runs/create"), "each run is made once");
      assertEquals(arms + 1L, calls.get("runs/log-batch"), "and all its points go at once");
      assertTrue(all <= CALLS_A_RUN * (arms + 1L) + 3, "calls: " + calls);
      figures.add(
          String.format(
              Locale.ROOT,
              "%nCalls of MLflow: %d (%.2f a run; %.1f MB): %s. Each artifact would be two more.%n",
              all,
              (double) all / arms,
              server.bytes() / 1e6,
              calls));
    }
  }

  private SweepResult watch(
      SweepIdentity sweep,
      WorkFolder folder,
      WorkGraph graph,
      SimulatedCluster cluster,
      RunListener counting)
      throws Exception {
    SlurmCrew.Jobs jobs = new SlurmCrew.Jobs("many", List.of(), Path.of("unit.sh"));
    SlurmCrew crew =
        new SlurmCrew(
            cluster,
            new Submission(folder),
            jobs,
            new SlurmCrew.Patience(Duration.ofMinutes(5)),
            message -> {});
    TrackingSettings tracking =
        new TrackingSettings(
            "many",
            directory.resolve("journal"),
            Map.of(),
            TrackingSettings.USUAL_DEADLINE,
            message -> {});
    try (MlflowTracker tracker = MlflowTracker.open(new TrackingTarget.Offline(), tracking)) {
      tracker.accept(new RunEvent.SweepStarted(sweep.id(), "losses", Map.of(), Map.of(), "many"));
      RunListener both =
          new org.flowexp.run.RunListeners(
              List.of(tracker, counting),
              failure -> {
                throw failure;
              });
      SweepWork.Listeners listeners =
          new SweepWork.Listeners(both, new org.flowexp.testing.Recording(), message -> {});
      SweepWork work = new SweepWork(sweep, folder, graph.units(), listeners, false);
      CompletableFuture<Void> machines = CompletableFuture.runAsync(() -> run(cluster, graph));
      SweepResult result =
          work.execute(crew, graph.held(), new SweepRun(Workplace.of(new MemoryStore())));
      machines.get();
      tracker.accept(new RunEvent.SweepFinished(sweep.id(), RunStatus.FINISHED, Map.of()));
      return result;
    }
  }

  private static void run(SimulatedCluster cluster, WorkGraph graph) {
    try {
      while (cluster.done().size() < graph.units().size()) {
        cluster.run();
        Thread.sleep(10);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private static RunListener counting(AtomicLong events, AtomicLong files) {
    return new RunListener() {
      @Override
      public void accept(RunEvent event) {
        events.incrementAndGet();
        if (event instanceof RunEvent.RunFinished) {
          files.accumulateAndGet(openFiles(), Math::max);
        }
      }

      @Override
      public void close() {
        // There is nothing under way.
      }
    };
  }

  private static boolean isInOrder(List<WorkUnit> units, List<Integer> done) {
    java.util.Set<Integer> over = new java.util.HashSet<>();
    boolean inOrder = done.size() == units.size();
    for (int unit : done) {
      inOrder &= over.containsAll(units.get(unit).after());
      over.add(unit);
    }
    return inOrder;
  }

  @Test
  void thirtyArmsGoThroughTheSchedulerWithoutTraining() throws Exception {
    simulate(6);
  }

  @Test
  @Tag("slow")
  void tenThousandArmsGoThroughTheSchedulerWithoutTraining() throws Exception {
    figures.add("# Ten thousand arms through the scheduler, without training\n");
    figures.add("Written by `ManyArmsTest` (`mvn -Pslow -Dtest=ManyArmsTest test`).\n");
    figures.add("| | processor, s | s | MB in use after it |\n|---|--:|--:|--:|");
    try {
      simulate(2_000);
    } finally {
      Files.writeString(Path.of("target/many-arms.md"), String.join("\n", figures) + "\n");
    }
  }
}

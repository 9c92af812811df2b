package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowexp.run.RunEvent.ArtifactWritten;
import org.flowexp.run.RunEvent.Effort;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.PhaseStarted;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunEvent.SweepStarted;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunStatus;
import org.flowexp.tracking.TrackingTarget.Embedded;
import org.flowexp.tracking.TrackingTarget.Lifetime;
import org.flowexp.tracking.TrackingTarget.Offline;
import org.flowexp.tracking.TrackingTarget.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real MLflow server, read back without MLflow's client. */
class MlflowTrackerTest {
  private static final int STEPS = 2_500;
  @TempDir private static Path store;
  private static EmbeddedServer server;

  @TempDir private Path folder;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        EmbeddedServer.open(
            new Embedded(TestCache.folder(), store, "python3", Lifetime.WHILE_USED), text -> {});
  }

  @AfterAll
  static void stopServer() throws IOException {
    ServerRecord record = record();
    server.close();
    assertFalse(record.isAlive());
  }

  @Test
  void aSweepIsReadBackExactlyAndAReplayAddsNothing() throws IOException {
    MlflowTracker tracker = MlflowTracker.open(target(), settings("well/losses"));
    trackSweep(tracker);
    tracker.close();
    assertEquals(List.of(), messages);
    assertTrue(tracker.isDelivered());
    TrackedRun sweep = tracker.tracked("sweep").orElseThrow();
    List<TrackedRun> trials =
        List.of(tracker.tracked("t0").orElseThrow(), tracker.tracked("t1").orElseThrow());
    assertSweep(sweep);
    assertTrial(trials.get(0), sweep, 0);
    assertTrial(trials.get(1), sweep, 1);
    assertEquals(
        server.uri() + "/#/experiments/" + sweep.experimentId() + "?workflowType=machine_learning",
        sweep.experimentAddress().toString());

    for (JournalFiles files : JournalFiles.allIn(journal())) {
      SentMark mark = files.mark().orElseThrow();
      assertTrue(mark.complete());
      assertFalse(Files.exists(files.artifacts()), "copies are kept only until they are sent");
      files.write(mark.upTo(new JournalReader(files).start().orElseThrow().offset(), false));
    }
    assertEquals(
        3, new JournalSync(target(), deadline(), text -> {}).sync(journal()).sent().size());
    assertEquals(3, rest().runsOf(sweep.experimentId()).size());
    assertTrial(trials.get(0), sweep, 0);
    assertEquals(
        0, new JournalSync(target(), deadline(), text -> {}).sync(journal()).sent().size());
  }

  @Test
  void whatIsOnlyRepeatedStaysTheRunsItWasWithItsNewVerdicts() throws IOException {
    for (String verdict : List.of("holds", "failed", "holds")) {
      repeat("s1", verdict, 0, 1);
    }
    TrackedRun bigger = repeat("s2", "holds", 0, 1, 2).tracked("s2").orElseThrow();
    JsonNode runs = rest().runsOf(bigger.experimentId());
    assertEquals(2 + 3, runs.size(), "two sweeps and three trials");
    for (JsonNode run : runs) {
      String id = run.path("info").path("run_id").asText();
      Map<String, String> tags = rest().pairs(run.path("data").path("tags"));
      assertEquals("FINISHED", run.path("info").path("status").asText());
      if (tags.get("role").equals("trial")) {
        assertEquals(bigger.runId(), tags.get("mlflow.parentRunId"), "of the last that asked");
        assertEquals(losses(20), rest().history(id, "train/loss"));
        assertEquals(Map.of(20L, 1e-300), rest().history(id, "final/ess"));
        assertEquals(
            !run.toString().contains("seed=2"), tags.containsKey("repeated"), tags::toString);
      } else {
        assertEquals(Map.of(0L, 0.5), rest().history(id, "arms/ess_mean"));
        assertEquals("holds", tags.get("verdict"));
      }
    }
    assertEquals(List.of(), messages);
  }

  @Test
  void theChartsOfASweepAreAViewOfItsTrialsAlone() throws IOException {
    TrackedRun sweep = track("charts", "s3", "holds", 0, 1).tracked("s3").orElseThrow();
    ChartView view = new ChartView("my sweep", List.of("loss"), List.of("ess", "F(trans)"));
    try (ChartViews views = new ChartViews(server.uri(), new MlflowCredentials.Anonymous())) {
      assertEquals(Optional.empty(), views.put(sweep.experimentId(), "another", view));
      assertEquals(
          server.uri()
              + "/#/experiments/"
              + sweep.experimentId()
              + "/runs?workflowType=machine_learning&compareRunsMode=CHART"
              + "&viewStateShareKey=flowexp-my_sweep",
          views.put(sweep.experimentId(), "s3", view).orElseThrow().toString());
    }
    Map<String, String> tags = rest().pairs(rest().experiment(sweep.experimentId()).path("tags"));
    JsonNode state =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(tags.get("mlflow.sharedViewState.flowexp-my_sweep"));
    assertEquals("param.average.loss", state.path("groupBy").asText());
    assertEquals(
        List.of("final/ess", "final/F.trans", "eval/ess", "eval/F.trans"),
        state.path("compareRunCharts").findValuesAsText("metricKey"));
    JsonNode found = rest().runsOf(sweep.experimentId(), state.path("searchFilter").asText());
    assertEquals(2, found.size(), "the trials, and not their sweep");
  }

  @Test
  void aViewOfManyMetricsStaysWithinWhatMlflowKeeps() {
    List<String> metrics =
        java.util.stream.IntStream.range(0, 40).mapToObj(i -> "a_long_metric_" + i).toList();
    String state = new ChartView("s", List.of("a", "b"), metrics).state("0123456789abcdef");
    assertTrue(state.length() <= 5_000, "" + state.length());
    assertTrue(state.contains("final/a_long_metric_5\""), state);
    assertFalse(state.contains("groupBy"), "a mean over one axis would mix the other");
  }

  private MlflowTracker repeat(String sweep, String verdict, int... seeds) throws IOException {
    return track("repeated", sweep, verdict, seeds);
  }

  private MlflowTracker track(String experiment, String sweep, String verdict, int... seeds)
      throws IOException {
    MlflowTracker tracker = MlflowTracker.open(target(), settings(experiment));
    Effort effort = seeds.length == 3 ? Effort.WORKS : Effort.REPEATS;
    tracker.accept(new SweepStarted(sweep, sweep, Map.of(), Map.of(), "note", effort));
    for (int seed : seeds) {
      String id = "r" + seed;
      RunIdentity run = started(id, Optional.of(sweep), seed).run();
      tracker.accept(new RunStarted(run, seed == 2 ? Effort.WORKS : Effort.REPEATS));
      for (int step = 1; step <= 20; step++) {
        tracker.accept(step(id, step));
      }
      tracker.accept(finished(id, 20));
    }
    tracker.accept(
        new SweepFinished(
            sweep, RunStatus.FINISHED, Map.of("verdict", verdict), Map.of("ess_mean", 0.5)));
    tracker.close();
    return tracker;
  }

  @Test
  void aServerKilledInMidRunLosesNothingAfterSync() throws Exception {
    MlflowTracker tracker = MlflowTracker.open(target(), settings("killed"));
    tracker.accept(started("k", Optional.empty(), 0));
    tracker.accept(new PhaseStarted("k", "repair", 200));
    for (int step = 1; step <= 100; step++) {
      tracker.accept(step("k", step));
    }
    awaitTracked(tracker, "k");
    kill();
    for (int step = 101; step <= 200; step++) {
      tracker.accept(step("k", step));
    }
    tracker.accept(finished("k", 200));
    tracker.close();
    assertFalse(tracker.isDelivered());
    assertEquals(1, messages.size(), messages::toString);
    assertTrue(messages.get(0).startsWith("MLflow cannot be reached ("), messages::toString);

    server.close();
    startServer();
    TrackedRun run =
        new JournalSync(target(), deadline(), messages::add).sync(journal()).sent().get(0);
    assertEquals(losses(200), rest().history(run.runId(), "train/loss"));
    assertEquals("FINISHED", rest().run(run.runId()).path("info").path("status").asText());
    assertEquals(1, rest().runsOf(run.experimentId()).size());
  }

  @Test
  void offlineRunsAreSentBySync() throws IOException {
    MlflowTracker tracker = MlflowTracker.open(new Offline(), settings("offline"));
    trackSweep(tracker);
    tracker.close();
    assertEquals(List.of(), messages);
    List<TrackedRun> sent =
        new JournalSync(target(), deadline(), messages::add).sync(journal()).sent();
    assertEquals(3, sent.size());
    assertSweep(sent.get(0));
    assertTrial(sent.get(1), sent.get(0), 0);
    assertTrial(sent.get(2), sent.get(0), 1);
  }

  @Test
  void aDeletedExperimentIsRestoredAndTheUserIsTold() throws IOException {
    MlflowTracker first = MlflowTracker.open(target(), settings("deleted"));
    first.accept(started("a", Optional.empty(), 0));
    first.accept(finished("a", 0));
    first.close();
    String experiment = first.tracked("a").orElseThrow().experimentId();
    rest().post("/api/2.0/mlflow/experiments/delete", Map.of("experiment_id", experiment));
    MlflowTracker second = MlflowTracker.open(target(), settings("deleted"));
    second.accept(started("b", Optional.empty(), 0));
    second.accept(finished("b", 0));
    second.close();
    assertEquals(experiment, second.tracked("b").orElseThrow().experimentId());
    assertEquals(
        List.of("The MLflow experiment 'deleted' had been deleted; it is restored."), messages);
  }

  @Test
  void whatMlflowWouldDistortIsSentAnotherWay() throws IOException {
    MlflowTracker tracker = MlflowTracker.open(target(), settings("odd"));
    tracker.accept(
        new RunStarted(
            new RunIdentity(
                "odd",
                "odd",
                "x",
                Optional.empty(),
                Map.of("role", "param", "long", "x".repeat(7_000)),
                Map.of("long", "tag"))));
    tracker.accept(
        new Evaluated(
            "odd",
            "end",
            3,
            Map.of("F(trans)", 1.5, "up", Double.POSITIVE_INFINITY, "nan", Double.NaN)));
    tracker.accept(finished("odd", 3));
    tracker.close();
    assertEquals(List.of("MLflow shows only the first 6000 characters of 'long'."), messages);
    String runId = tracker.tracked("odd").orElseThrow().runId();
    JsonNode data = rest().run(runId).path("data");
    Map<String, String> tags = rest().pairs(data.path("tags"));
    assertEquals("param", rest().pairs(data.path("params")).get("role"));
    assertEquals("run", tags.get("tag.role"));
    assertEquals("tag", tags.get("tag.long"));
    assertEquals("Infinity at step 3", tags.get("infinite.eval/up"));
    assertEquals(Map.of(3L, 1.5), rest().history(runId, "eval/F.trans"));
    assertEquals(Map.of(3L, Double.NaN), rest().history(runId, "eval/up"));
    assertEquals(Map.of(3L, Double.NaN), rest().history(runId, "eval/nan"));
  }

  private void trackSweep(MlflowTracker tracker) throws IOException {
    tracker.accept(
        new SweepStarted(
            "sweep", "losses", Map.of("dim", "12"), Map.of("question", "which?"), "# Which loss?"));
    for (int trial = 0; trial < 2; trial++) {
      String id = "t" + trial;
      tracker.accept(started(id, Optional.of("sweep"), trial));
      tracker.accept(new PhaseStarted(id, "repair", STEPS));
      for (int step = 1; step <= STEPS; step++) {
        tracker.accept(step(id, step));
      }
      tracker.accept(new Evaluated(id, "repair", STEPS, Map.of("ess", 0.1 + trial)));
      Path source = Files.writeString(folder.resolve("a b.flowexp"), "experiment " + trial);
      tracker.accept(new ArtifactWritten(id, "source/a b.flowexp", source, "text/plain"));
      tracker.accept(finished(id, STEPS));
    }
    tracker.accept(
        new SweepFinished(
            "sweep",
            RunStatus.FINISHED,
            Map.of("verdict.ess", "holds"),
            Map.of("l2 (a=1)/ess_mean", 0.6, "l2 (a=1)/ess_n", 2.0)));
  }

  private void assertSweep(TrackedRun sweep) throws IOException {
    JsonNode run = rest().run(sweep.runId());
    Map<String, String> tags = rest().pairs(run.path("data").path("tags"));
    assertEquals("losses", run.path("info").path("run_name").asText());
    assertEquals("FINISHED", run.path("info").path("status").asText());
    assertEquals(Map.of("dim", "12"), rest().pairs(run.path("data").path("params")));
    assertEquals("sweep", tags.get("role"));
    assertEquals("which?", tags.get("question"));
    assertEquals(
        Map.of(0L, 0.6), rest().history(sweep.runId(), "arms/l2 .a-1/ess_mean"), "of the arms");
    assertEquals(Map.of(0L, 2.0), rest().history(sweep.runId(), "arms/l2 .a-1/ess_n"));
    assertEquals("holds", tags.get("verdict.ess"));
    assertEquals("# Which loss?", tags.get("mlflow.note.content"));
    assertEquals("abc", tags.get("mlflow.source.git.commit"));
  }

  private void assertTrial(TrackedRun trial, TrackedRun sweep, int seed) throws IOException {
    JsonNode run = rest().run(trial.runId());
    JsonNode data = run.path("data");
    Map<String, String> tags = rest().pairs(data.path("tags"));
    assertEquals("objective=l2 seed=" + seed, run.path("info").path("run_name").asText());
    assertEquals("FINISHED", run.path("info").path("status").asText());
    assertEquals(params(seed), rest().pairs(data.path("params")));
    assertEquals("trial", tags.get("role"));
    assertEquals(sweep.runId(), tags.get("mlflow.parentRunId"));
    assertEquals("fair", tags.get("verdict"));
    assertEquals(losses(STEPS), rest().history(trial.runId(), "train/loss"));
    assertEquals(Map.of((long) STEPS, 0.1 + seed), rest().history(trial.runId(), "eval/ess"));
    assertEquals(Map.of((long) STEPS, 1e-300), rest().history(trial.runId(), "final/ess"));
    assertArrayEquals(
        ("experiment " + seed).getBytes(StandardCharsets.UTF_8),
        rest()
            .artifact(run.path("info").path("artifact_uri").asText(), "source/a%20b.flowexp.txt"));
  }

  private static RunStarted started(String id, Optional<String> sweep, int seed) {
    return new RunStarted(
        new RunIdentity(
            id, "objective=l2 seed=" + seed, "repairs", sweep, params(seed), Map.of("host", "h")));
  }

  private static Map<String, String> params(int seed) {
    Map<String, String> params = new TreeMap<>(Map.of("objective", "l2", "seed", "" + seed));
    for (int layer = 0; layer < 150; layer++) {
      params.put("flow.layers." + layer + ".hidden", "[128, 128]");
    }
    return params;
  }

  private static StepLogged step(String id, long step) {
    return new StepLogged(id, "repair", step, Map.of("loss", loss(step)));
  }

  private static RunFinished finished(String id, long step) {
    return new RunFinished(
        id,
        RunStatus.FINISHED,
        step,
        Map.of("ess", 1e-300),
        Map.of("verdict", "fair"),
        Optional.empty());
  }

  private static double loss(long step) {
    return Math.exp(-step / 100.0) / 3;
  }

  private static Map<Long, Double> losses(long steps) {
    Map<Long, Double> losses = new TreeMap<>();
    for (long step = 1; step <= steps; step++) {
      losses.put(step, loss(step));
    }
    return losses;
  }

  private static void kill() throws Exception {
    for (ProcessIdentity process : record().processes()) {
      ProcessHandle alive = process.alive().orElseThrow();
      alive.destroyForcibly();
      alive.onExit().get();
    }
  }

  private static ServerRecord record() throws IOException {
    return TrackingJson.readIfPresent(store.resolve("server.json"), ServerRecord.class)
        .orElseThrow();
  }

  private static void awaitTracked(MlflowTracker tracker, String id) throws InterruptedException {
    for (int i = 0; i < 100 && tracker.tracked(id).isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertTrue(tracker.tracked(id).isPresent());
  }

  private TrackingSettings settings(String experiment) {
    return new TrackingSettings(
        experiment,
        journal(),
        TrackingSettings.sourceTags("a.flowexp", Optional.of("abc")),
        deadline(),
        messages::add);
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  private static Duration deadline() {
    return TrackingSettings.USUAL_DEADLINE;
  }

  private static TrackingTarget target() {
    return new Server(server.uri(), new MlflowCredentials.Anonymous());
  }

  private static RestReader rest() {
    return new RestReader(server.uri());
  }
}

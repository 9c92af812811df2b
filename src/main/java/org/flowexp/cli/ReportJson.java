package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowexp.claim.Evidence;
import org.flowexp.claim.Verdict;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.JsonRenderer;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;
import org.flowexp.statistics.Moments;
import org.flowexp.tracking.TrackedRun;

/**
 * What {@code run --format json} prints: {@code diagnostics}, {@code sweeps} with their {@code
 * verdicts}, and {@code runs}, one an arm, in which {@code hash}, {@code energy_evals}, {@code
 * status} and {@code mlflow} go by seed, and a metric is {@code mean}, {@code std} and {@code
 * seeds}. A number that is none is null.
 */
final class ReportJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportJson() {}

  /** Of one file, or of several together. */
  static ObjectNode of(List<RunOptions.Outcome> outcomes) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put(
        "file", String.join(", ", outcomes.stream().map(RunOptions.Outcome::file).toList()));
    List<Diagnostic> diagnostics = new ArrayList<>();
    outcomes.forEach(outcome -> diagnostics.addAll(outcome.diagnostics().inFileOrder()));
    document.set("diagnostics", new JsonRenderer().tree(diagnostics));
    ArrayNode sweeps = document.putArray("sweeps");
    ArrayNode runs = document.putArray("runs");
    for (SweepReport report : outcomes.stream().flatMap(o -> o.reports().stream()).toList()) {
      ObjectNode sweep = sweeps.addObject();
      sweep.put("name", report.sweep().name()).put("experiment", report.sweep().experiment());
      sweep.set("verdicts", verdicts(report.verdicts()));
      sweep.put("mlflow", report.address().orElse(null));
      Arms.group(report.sweep(), report.runs())
          .forEach((name, ofArm) -> arm(runs.addObject(), name, report, ofArm));
    }
    return document;
  }

  private static ArrayNode verdicts(List<Verdict> verdicts) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Verdict verdict : verdicts) {
      ObjectNode object =
          array
              .addObject()
              .put("title", verdict.title())
              .put("outcome", verdict.outcome().word())
              .put("explanation", verdict.explanation());
      verdict.evidence().ifPresent(evidence -> evidence(object, evidence));
    }
    return array;
  }

  private static void evidence(ObjectNode object, Evidence evidence) {
    object.put("test", evidence.test()).put("seeds", evidence.seeds());
    object.put("p", evidence.p()).put("p_holm", evidence.adjusted());
    object.put("claims", evidence.claims()).put("confidence", evidence.confidence());
    number(object, "effect", evidence.effect());
    number(object, "lower", evidence.lower());
    number(object, "upper", evidence.upper());
    number(object, "standardized", evidence.standardized());
  }

  private static void arm(
      ObjectNode object, String name, SweepReport report, List<RunRecord> runs) {
    SweepModel sweep = report.sweep();
    object.put("name", name.isEmpty() ? sweep.experiment() : name).put("sweep", sweep.name());
    object.put("experiment", sweep.experiment());
    ObjectNode params = object.putObject("params");
    Map<String, String> shared = new LinkedHashMap<>(runs.get(0).params());
    runs.forEach(run -> shared.entrySet().retainAll(run.params().entrySet()));
    shared.forEach(params::put);
    ObjectNode metrics = object.putObject("metrics");
    Arms.metrics(sweep, runs)
        .forEach(metric -> metric(metrics.putObject(metric), metric, sweep, runs));
    object.set("verdicts", verdicts(report.verdicts()));
    ObjectNode hashes = object.putObject("hash");
    ObjectNode energies = object.putObject("energy_evals");
    ObjectNode statuses = object.putObject("status");
    ObjectNode mlflow = object.putObject("mlflow");
    for (RunRecord run : runs) {
      String seed = Arms.seed(sweep, run);
      hashes.put(seed, run.hash());
      energies.put(seed, run.energyEvals());
      statuses.put(seed, run.status().name().toLowerCase(java.util.Locale.ROOT));
      TrackedRun tracked = report.tracked().get(run.id());
      if (tracked != null) {
        mlflow
            .putObject(seed)
            .put("address", tracked.address().toString())
            .put("run_id", tracked.runId());
      }
    }
  }

  private static void metric(
      ObjectNode object, String name, SweepModel sweep, List<RunRecord> runs) {
    List<RunRecord> measured =
        runs.stream().filter(run -> run.metrics().containsKey(name)).toList();
    double[] values = measured.stream().mapToDouble(run -> value(run, name)).toArray();
    number(object, "mean", Moments.mean(values));
    number(object, "std", Moments.standardDeviation(values));
    ObjectNode seeds = object.putObject("seeds");
    measured.forEach(run -> number(seeds, Arms.seed(sweep, run), value(run, name)));
  }

  private static double value(RunRecord run, String name) {
    return Objects.requireNonNull(run.metrics().get(name));
  }

  private static void number(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }
}

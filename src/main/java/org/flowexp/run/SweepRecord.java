package org.flowexp.run;

import java.util.List;
import java.util.Map;

/**
 * A sweep that is over, as plain data: all that a report of it needs.
 *
 * @param id of the sweep, or of the only run
 * @param question what the file says it asks, may be empty
 * @param file as given on the command line
 * @param sourceHash SHA-256 of the file's text
 * @param finished in UTC, ISO 8601
 * @param axes that are not the seeds, in order
 * @param seedAxis empty if seeds do not vary
 * @param metrics in the order of the experiment
 * @param curves of all runs
 * @param addresses in MLflow, by the id of a run
 * @param address in MLflow, of the sweep; empty if it was not sent
 */
public record SweepRecord(
    String id,
    String name,
    String experiment,
    String question,
    String file,
    String sourceHash,
    String finished,
    String precision,
    String device,
    List<String> axes,
    String seedAxis,
    List<String> metrics,
    List<RunRecord> runs,
    List<VerdictRecord> verdicts,
    List<Curve> curves,
    Map<String, String> addresses,
    String address) {
  public SweepRecord {
    axes = List.copyOf(axes);
    metrics = List.copyOf(metrics);
    runs = List.copyOf(runs);
    verdicts = List.copyOf(verdicts);
    curves = List.copyOf(curves);
    addresses = Map.copyOf(addresses);
  }

  /**
   * An expectation or a claim as it was decided.
   *
   * @param condition as written
   * @param outcome {@code held}, {@code failed} or {@code undecided}
   * @param evidence what was tested and how it came out, by name; empty if nothing was tested
   */
  public record VerdictRecord(
      String kind,
      String title,
      String condition,
      String outcome,
      String explanation,
      Map<String, String> evidence) {}

  /**
   * A metric of one run over its steps.
   *
   * @param run its id
   */
  public record Curve(String run, String metric, List<Long> steps, List<Double> values) {
    public Curve {
      steps = List.copyOf(steps);
      values = List.copyOf(values);
    }
  }
}

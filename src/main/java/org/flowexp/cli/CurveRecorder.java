package org.flowexp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.run.SweepRecord;

/** Keeps the evaluations of all runs. */
final class CurveRecorder implements RunListener {
  private final Map<String, Map<String, TreeMap<Long, Double>>> runs = new LinkedHashMap<>();

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.Evaluated evaluated) {
      Map<String, TreeMap<Long, Double>> ofRun =
          runs.computeIfAbsent(evaluated.subject(), key -> new TreeMap<>());
      evaluated
          .values()
          .forEach(
              (metric, value) ->
                  ofRun
                      .computeIfAbsent(metric, key -> new TreeMap<>())
                      .put(evaluated.step(), value));
    }
  }

  synchronized List<SweepRecord.Curve> curves() {
    List<SweepRecord.Curve> curves = new ArrayList<>();
    runs.forEach(
        (run, metrics) ->
            metrics.forEach(
                (metric, points) ->
                    curves.add(
                        new SweepRecord.Curve(
                            run,
                            metric,
                            List.copyOf(points.keySet()),
                            List.copyOf(points.values())))));
    return curves;
  }

  @Override
  public void close() {
    // There is nothing under way.
  }
}

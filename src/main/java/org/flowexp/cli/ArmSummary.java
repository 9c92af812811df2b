package org.flowexp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;
import org.flowexp.statistics.Spread;

/**
 * Mean, standard deviation between runs and their number, of each metric of each arm; for programs.
 * Runs that did not come to a metric are left out of it.
 */
final class ArmSummary {
  private record Row(String arm, String metric, int count, Spread spread) {}

  private final List<Row> rows = new ArrayList<>();

  private ArmSummary() {}

  static ArmSummary of(SweepModel sweep, List<RunRecord> runs) {
    ArmSummary summary = new ArmSummary();
    Set<String> metrics = Arms.metrics(sweep, runs);
    Arms.group(sweep, runs)
        .forEach(
            (name, ofArm) -> {
              String arm = name.isEmpty() ? sweep.experiment() : name;
              for (String metric : metrics) {
                double[] values =
                    ofArm.stream()
                        .filter(run -> run.metrics().containsKey(metric))
                        .mapToDouble(run -> Objects.requireNonNull(run.metrics().get(metric)))
                        .toArray();
                if (values.length > 0) {
                  summary.rows.add(new Row(arm, metric, values.length, Spread.of(values)));
                }
              }
            });
    return summary;
  }

  /** {@code <arm>/<metric>_mean}, {@code _n}, and {@code _std} where there are two runs. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Row row : rows) {
      String name = row.arm().replace("/", "_") + "/" + row.metric();
      metrics.put(name + "_mean", row.spread().mean());
      if (row.count() > 1) {
        metrics.put(name + "_std", row.spread().deviation());
      }
      metrics.put(name + "_n", (double) row.count());
    }
    return metrics;
  }

  /** The same, a line for each arm and metric; no deviation of one run. */
  String csv() {
    StringBuilder text = new StringBuilder("arm,metric,mean,std,n\n");
    for (Row row : rows) {
      text.append(quoted(row.arm())).append(',').append(quoted(row.metric())).append(',');
      text.append(row.spread().mean()).append(',');
      text.append(row.count() > 1 ? row.spread().deviation() : "").append(',');
      text.append(row.count()).append('\n');
    }
    return text.toString();
  }

  /** RFC 4180. */
  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}

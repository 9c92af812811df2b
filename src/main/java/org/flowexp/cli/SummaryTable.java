package org.flowexp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.statistics.Spread;

/** Arms in rows, metrics in columns, each the mean and the deviation over the seeds. */
final class SummaryTable {
  private static final int GAP = 2;
  private static final String NO_VALUE = "–";

  private final String corner;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  private SummaryTable(String corner) {
    this.corner = corner;
  }

  static SummaryTable of(SweepModel sweep, List<RunRecord> runs) {
    List<String> axes =
        sweep.axes().stream().filter(axis -> !axis.seeds()).map(SweepModel.Axis::param).toList();
    SummaryTable table = new SummaryTable(axes.isEmpty() ? "" : String.join(", ", axes));
    Set<String> metrics = Arms.metrics(sweep, runs);
    table.columns.add("runs");
    table.columns.addAll(metrics);
    table.columns.add("energy evals a run");
    Arms.group(sweep, runs)
        .forEach(
            (name, ofArm) ->
                table.rows.put(name.isEmpty() ? sweep.experiment() : name, cells(metrics, ofArm)));
    return table;
  }

  private static List<String> cells(Set<String> metrics, List<RunRecord> runs) {
    List<String> cells = new ArrayList<>();
    long finished = runs.stream().filter(run -> run.status() == RunStatus.FINISHED).count();
    cells.add(finished == runs.size() ? "" + finished : finished + " of " + runs.size());
    for (String metric : metrics) {
      double[] values =
          runs.stream()
              .filter(run -> run.metrics().containsKey(metric))
              .mapToDouble(run -> Objects.requireNonNull(run.metrics().get(metric)))
              .toArray();
      cells.add(values.length == 0 ? NO_VALUE : Spread.of(values).text());
    }
    double energies = runs.stream().mapToLong(RunRecord::energyEvals).average().orElse(0);
    cells.add(Spread.figure(energies));
    return cells;
  }

  /** Aligned columns; those that do not fit go into a block below. */
  String text(int width) {
    int first = corner.length();
    for (String row : rows.keySet()) {
      first = Math.max(first, row.length());
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < columns.size()) {
      int to = from;
      int used = first;
      while (to < columns.size() && (to == from || used + GAP + width(to) <= width)) {
        used += GAP + width(to);
        to++;
      }
      text.append(from == 0 ? "" : "\n");
      block(text, first, from, to);
      from = to;
    }
    return text.toString();
  }

  private void block(StringBuilder text, int first, int from, int to) {
    line(text, first, corner, columns, from, to);
    rows.forEach((name, cells) -> line(text, first, name, cells, from, to));
  }

  private void line(
      StringBuilder text, int first, String name, List<String> cells, int from, int to) {
    text.append(name).append(" ".repeat(first - name.length()));
    for (int i = from; i < to; i++) {
      String cell = cells.get(i);
      text.append(" ".repeat(GAP + width(i) - cell.length())).append(cell);
    }
    text.append('\n');
  }

  private int width(int column) {
    int widest = columns.get(column).length();
    for (List<String> cells : rows.values()) {
      widest = Math.max(widest, cells.get(column).length());
    }
    return widest;
  }

  /** The same as a table in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| ")
        .append(corner)
        .append(" | ")
        .append(String.join(" | ", columns))
        .append(" |\n");
    text.append("|---|").append("--:|".repeat(columns.size())).append('\n');
    rows.forEach(
        (name, cells) ->
            text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n"));
    return text.toString();
  }
}

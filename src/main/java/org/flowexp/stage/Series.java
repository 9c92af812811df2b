package org.flowexp.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/** What a training logged: rows of the same columns, each after a step of the run. */
public final class Series {
  private static final String TERM = "loss/";

  private final List<String> columns = new ArrayList<>();
  private final List<Long> steps = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();

  /** A point. */
  public record Point(long step, Map<String, Double> values) {}

  /** Appends a point. */
  public void add(long step, Map<String, Double> values) {
    if (columns.isEmpty()) {
      columns.addAll(values.keySet());
    }
    if (!columns.equals(List.copyOf(values.keySet()))) {
      throw new IllegalArgumentException(values.keySet() + " in a series of " + columns);
    }
    steps.add(step);
    rows.add(columns.stream().mapToDouble(c -> Objects.requireNonNull(values.get(c))).toArray());
  }

  /**
   * The points in order.
   *
   * @param terms what the terms of the loss are called now
   */
  public List<Point> points(List<String> terms) {
    List<String> names = new ArrayList<>();
    int next = 0;
    for (String column : columns) {
      names.add(column.startsWith(TERM) && next < terms.size() ? TERM + terms.get(next++) : column);
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (int j = 0; j < names.size(); j++) {
        values.put(names.get(j), rows.get(i)[j]);
      }
      points.add(new Point(steps.get(i), values));
    }
    return points;
  }

  /** For a file. */
  public Archive archive() {
    double[] all = rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    return new Archive.Builder()
        .lines("columns", columns)
        .longs("steps", steps.stream().mapToLong(Long::longValue).toArray())
        .doubles("values", all)
        .build();
  }

  /** From a file. */
  public static Series of(Archive archive) throws Refusal {
    Series series = new Series();
    series.columns.addAll(archive.lines("columns"));
    long[] steps = archive.longs("steps");
    int width = series.columns.size();
    double[] values = archive.doubles("values", (long) steps.length * width);
    for (int i = 0; i < steps.length; i++) {
      series.steps.add(steps[i]);
      series.rows.add(java.util.Arrays.copyOfRange(values, i * width, (i + 1) * width));
    }
    return series;
  }

  /** So many points. */
  public int size() {
    return rows.size();
  }
}

package org.flowexp.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.flowexp.statistics.Moments;
import org.flowexp.statistics.Spread;

/** One metric: a row an arm, a ring a seed, a bar at the mean with its standard deviation. */
final class StripFigure {
  private static final int LEFT = 170;
  private static final int WIDTH = 560;
  private static final int ROW = 30;
  private static final int RIGHT = WIDTH - 20;

  private final double low;
  private final double high;

  private StripFigure(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /** An svg element; empty if no arm measured it. */
  static String of(List<Arm> arms, String metric) {
    double[] all =
        arms.stream().flatMapToDouble(arm -> Arrays.stream(arm.values(metric))).toArray();
    if (all.length == 0) {
      return "";
    }
    double low = Arrays.stream(all).min().orElseThrow();
    double high = Arrays.stream(all).max().orElseThrow();
    double margin = high > low ? 0.05 * (high - low) : Math.max(1e-12, Math.abs(high) * 0.05);
    StripFigure figure = new StripFigure(low - margin, high + margin);
    StringBuilder svg = new StringBuilder();
    int height = ROW * arms.size() + 28;
    svg.append("<svg role=\"img\" aria-label=\"")
        .append(ReportPage.escaped(metric))
        .append(" of each seed, by arm\" viewBox=\"0 0 " + WIDTH + " ")
        .append(height)
        .append("\">");
    for (int i = 0; i < arms.size(); i++) {
      figure.row(svg, arms.get(i), metric, i, ROW * i + ROW / 2);
    }
    figure.axis(svg, low, high, ROW * arms.size() + 18);
    return svg.append("</svg>").toString();
  }

  private void row(StringBuilder svg, Arm arm, String metric, int number, int y) {
    double[] values = arm.values(metric);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
            LEFT - 14,
            y + 4,
            ReportPage.escaped(shortened(arm.name())),
            LEFT,
            y,
            RIGHT,
            y));
    if (values.length == 0) {
      svg.append(
          String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">no value</text>", LEFT + 6, y + 4));
      return;
    }
    String colour = "var(--series-" + number % Ink.SERIES + ")";
    double mean = Moments.mean(values);
    if (values.length > 1) {
      double deviation = Moments.standardDeviation(values);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" style=\"stroke:%s;"
                  + "stroke-width:7;opacity:.3\"/>",
              Math.max(LEFT, x(mean - deviation)),
              y,
              Math.min(RIGHT, x(mean + deviation)),
              y,
              colour));
    }
    for (double value : values) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%d\" r=\"4.5\" style=\"stroke:%s\"><title>%s</title>"
                  + "</circle>",
              x(value),
              y,
              colour,
              Spread.figure(value)));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"mean\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
            x(mean),
            y - 10,
            x(mean),
            y + 10));
  }

  private void axis(StringBuilder svg, double first, double last, int y) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"start\">%s</text>"
                + "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"end\">%s</text>",
            x(first) - 4,
            y,
            Spread.figure(first),
            x(last) + 4,
            y,
            last > first ? Spread.figure(last) : ""));
  }

  private double x(double value) {
    return LEFT + (value - low) / (high - low) * (RIGHT - LEFT);
  }

  private static String shortened(String name) {
    return name.length() > 24 ? name.substring(0, 23) + "…" : name;
  }
}

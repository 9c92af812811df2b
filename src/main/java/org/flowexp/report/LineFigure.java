package org.flowexp.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.flowexp.run.Figure;

/**
 * A free-energy profile or a density over one observable: a line for each set of samples, with a
 * band of one standard error. Sets differ in dashes and width, not in colour alone.
 */
final class LineFigure {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 340;
  private static final double ABOVE = 1.06;
  private static final double ROOM = 1.5;

  /** By the name of the set. */
  private enum Pen {
    GENERATED("generated", "var(--series-0)", "2.4", ""),
    REWEIGHTED("reweighted", "var(--series-1)", "2.2", "7 4"),
    REFERENCE("reference", "var(--ink)", "2", "2 3");

    private final String name;
    private final String colour;
    private final String width;
    private final String dashes;

    Pen(String name, String colour, String width, String dashes) {
      this.name = name;
      this.colour = colour;
      this.width = width;
      this.dashes = dashes;
    }

    static Pen of(String name) {
      for (Pen pen : values()) {
        if (pen.name.equals(name)) {
          return pen;
        }
      }
      throw new IllegalArgumentException("no pen for " + name);
    }

    String style() {
      return "fill:none;stroke:"
          + colour
          + ";stroke-width:"
          + width
          + (dashes.isEmpty() ? "" : ";stroke-dasharray:" + dashes);
    }
  }

  private final Figure figure;
  private final Figure.Axis axis;
  private final Frame frame;

  private LineFigure(Figure figure) {
    this.figure = figure;
    this.axis = figure.axes().get(0);
    this.frame = new Frame(72, 34, 472, 254, Frame.Range.of(axis), 0, top(figure));
  }

  /** An svg element. */
  static String of(Figure figure) {
    return new LineFigure(figure).svg();
  }

  private static boolean isProfile(Figure figure) {
    return figure.quantity() == Figure.Quantity.FREE_ENERGY;
  }

  /**
   * As high as the sets whose samples count alike; a few large weights may go half as high again.
   */
  private static double top(Figure figure) {
    double alike = 0;
    double weighed = 0;
    for (Figure.Series series : figure.series()) {
      double most = Arrays.stream(heights(figure, series)).filter(h -> h > 0).max().orElse(0);
      if (series.name().equals(Pen.REWEIGHTED.name)) {
        weighed = Math.max(weighed, most);
      } else {
        alike = Math.max(alike, most);
      }
    }
    double most = Math.max(alike, alike > 0 ? Math.min(weighed, ROOM * alike) : weighed);
    double cap = isProfile(figure) ? FreeEnergy.of(figure).cap() : Double.POSITIVE_INFINITY;
    return most > 0 ? Math.min(cap, ABOVE * most) : 1;
  }

  /** In each bin; NaN for none. */
  private static double[] heights(Figure figure, Figure.Series series) {
    double width = figure.axes().get(0).width();
    return isProfile(figure)
        ? FreeEnergy.of(figure).of(series.shares())
        : series.shares().stream().mapToDouble(share -> share / width).toArray();
  }

  private static double[] errors(Figure figure, Figure.Series series) {
    double width = figure.axes().get(0).width();
    return isProfile(figure)
        ? FreeEnergy.of(figure).errors(series.shares(), series.errors())
        : series.errors().stream().mapToDouble(error -> error / width).toArray();
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\">",
            ReportPage.escaped(words()),
            WIDTH,
            HEIGHT));
    List<Double> upright = Frame.ticks(frame.low(), frame.high());
    for (double tick : upright) {
      Frame.line(
          svg, frame.left(), frame.y(tick), frame.left() + frame.width(), frame.y(tick), "grid");
    }
    // An svg within clips what is beyond the plot.
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" viewBox=\"%.1f %.1f %.1f"
                + " %.1f\" style=\"width:auto;height:auto\">",
            frame.left(),
            frame.top(),
            frame.width(),
            frame.height(),
            frame.left(),
            frame.top(),
            frame.width(),
            frame.height()));
    mark(svg);
    for (Figure.Series series : figure.series()) {
      draw(svg, series);
    }
    svg.append("</svg>");
    legend(svg);
    return svg.append(frame.axes(axis.label(), upLabel(), upright)).append("</svg>").toString();
  }

  private String upLabel() {
    if (isProfile(figure)) {
      return "free energy, " + figure.energyUnit();
    }
    return axis.unit().isEmpty() ? "density" : "density, per " + axis.unit();
  }

  private String words() {
    StringBuilder words = new StringBuilder(figure.title());
    for (Figure.Series series : figure.series()) {
      int most = -1;
      for (int bin = 0; bin < axis.bins(); bin++) {
        boolean higher = most < 0 || series.shares().get(bin) > series.shares().get(most);
        most = series.shares().get(bin) > 0 && higher ? bin : most;
      }
      words
          .append("; ")
          .append(series.name())
          .append(most < 0 ? ": nothing on this axis" : ": most at ")
          .append(most < 0 ? "" : Frame.number(axis.middle(most)) + " " + axis.unit());
    }
    return words.toString().strip();
  }

  private void mark(StringBuilder svg) {
    for (Figure.Fact fact : figure.facts()) {
      Frame.line(
          svg,
          frame.x(fact.value()),
          frame.top(),
          frame.x(fact.value()),
          frame.top() + frame.height(),
          "mark");
    }
  }

  private void draw(StringBuilder svg, Figure.Series series) {
    Pen pen = Pen.of(series.name());
    double[] heights = heights(figure, series);
    double[] errors = errors(figure, series);
    for (List<Integer> run : runs(heights)) {
      if (errors.length > 0) {
        svg.append("<path style=\"stroke:none;opacity:.2;fill:")
            .append(pen.colour)
            .append("\" d=\"")
            .append(band(run, heights, errors))
            .append("\"/>");
      }
      svg.append("<path style=\"")
          .append(pen.style())
          .append("\" d=\"")
          .append(isProfile(figure) ? line(run, heights) : steps(run, heights))
          .append("\"/>");
    }
  }

  /** Neighbouring bins that have a height. */
  private static List<List<Integer>> runs(double[] heights) {
    List<List<Integer>> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    for (int bin = 0; bin < heights.length; bin++) {
      if (Double.isNaN(heights[bin])) {
        run = new ArrayList<>();
      } else {
        if (run.isEmpty()) {
          runs.add(run);
        }
        run.add(bin);
      }
    }
    return runs;
  }

  private String line(List<Integer> run, double[] heights) {
    StringBuilder path = new StringBuilder();
    if (run.size() == 1) { // of one point a dash
      double y = frame.y(heights[run.get(0)]);
      double x = frame.x(axis.middle(run.get(0)));
      return String.format(Locale.ROOT, "M%.1f %.1fH%.1f", x - 2, y, x + 2);
    }
    for (int bin : run) {
      path.append(path.length() == 0 ? 'M' : 'L').append(point(bin, heights[bin]));
    }
    return path.toString();
  }

  private String steps(List<Integer> run, double[] heights) {
    StringBuilder path = new StringBuilder();
    for (int bin : run) {
      double left = frame.x(axis.low() + bin * axis.width());
      double right = frame.x(axis.low() + (bin + 1) * axis.width());
      double y = frame.y(heights[bin]);
      path.append(
          String.format(
              Locale.ROOT,
              path.length() == 0 ? "M%.1f %.1fH%.1f" : "L%.1f %.1fH%.1f",
              left,
              y,
              right));
    }
    return path.toString();
  }

  private String band(List<Integer> run, double[] heights, double[] errors) {
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int bin : run) {
      double error = Double.isNaN(errors[bin]) ? 0 : errors[bin];
      double high = Math.min(heights[bin] + error, 3 * frame.high());
      double low = Math.max(heights[bin] - error, -frame.high());
      upper.append(upper.length() == 0 ? "M" : "L").append(point(bin, high));
      lower.insert(0, "L" + point(bin, low));
    }
    return upper.append(lower).append('z').toString();
  }

  private String point(int bin, double height) {
    return String.format(Locale.ROOT, "%.1f %.1f", frame.x(axis.middle(bin)), frame.y(height));
  }

  private void legend(StringBuilder svg) {
    double x = frame.left();
    for (Figure.Series series : figure.series()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<path style=\"%s\" d=\"M%.1f 16h34\"/>",
              Pen.of(series.name()).style(),
              x));
      Frame.text(svg, x + 42, 20, "start", "", series.name());
      x += 152;
    }
  }
}

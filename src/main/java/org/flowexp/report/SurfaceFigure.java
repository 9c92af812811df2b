package org.flowexp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowexp.run.Figure;

/**
 * The free energy over two observables, a panel for each set of samples, on one scale of steps.
 * Cells without a sample show the hatched ground; those above the scale have its last step.
 */
final class SurfaceFigure {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 370;
  private static final Frame.Range NO_RANGE = new Frame.Range(0, 1, false);

  private final Figure figure;
  private final FreeEnergy energy;
  private final String id;

  private SurfaceFigure(Figure figure, String id) {
    this.figure = figure;
    this.energy = FreeEnergy.of(figure);
    this.id = id;
  }

  /**
   * An svg element for each set, and one of the scale.
   *
   * @param id of the page's own, for what is referred to in it
   */
  static List<String> of(Figure figure, String id) {
    SurfaceFigure surface = new SurfaceFigure(figure, id);
    List<String> panels = new ArrayList<>();
    for (int i = 0; i < figure.series().size(); i++) {
      panels.add(surface.panel(figure.series().get(i), i));
    }
    panels.add(surface.scale());
    return panels;
  }

  private String panel(Figure.Series series, int number) {
    Figure.Axis x = figure.axes().get(0);
    Figure.Axis y = figure.axes().get(1);
    Frame frame = new Frame(62, 30, 285, 285, Frame.Range.of(x), y.low(), y.high());
    double[] values = energy.of(series.shares());
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\">%s",
            ReportPage.escaped(words(series, values)),
            WIDTH,
            HEIGHT,
            hatch(id + "-" + number)));
    Frame.text(svg, frame.left(), 20, "start", "title", series.name());
    svg.append(ground(frame.left(), frame.top(), frame.width(), frame.height(), number));
    for (int level = 0; level < FreeEnergy.LEVELS; level++) {
      String path = cells(frame, values, level);
      if (!path.isEmpty()) {
        svg.append("<path shape-rendering=\"crispEdges\" style=\"fill:var(--level-")
            .append(level)
            .append(")\" d=\"")
            .append(path)
            .append("\"><title>")
            .append(ReportPage.escaped(levelName(level)))
            .append("</title></path>");
      }
    }
    return svg.append(frame.border())
        .append(frame.axes(x.label(), y.label(), Frame.Range.of(y).ticks()))
        .append("</svg>")
        .toString();
  }

  private String words(Figure.Series series, double[] values) {
    Figure.Axis x = figure.axes().get(0);
    Figure.Axis y = figure.axes().get(1);
    int lowest = -1;
    int empty = 0;
    for (int cell = 0; cell < values.length; cell++) {
      empty += Double.isNaN(values[cell]) ? 1 : 0;
      lowest = values[cell] == 0 && lowest < 0 ? cell : lowest;
    }
    if (lowest < 0) {
      return figure.title() + ", " + series.name() + ": no samples";
    }
    return String.format(
        Locale.ROOT,
        "%s, %s: lowest at %s %s, %s %s; %.0f %% of the cells have no sample",
        figure.title(),
        series.name(),
        x.label(),
        Frame.number(x.middle(lowest / y.bins())),
        y.label(),
        Frame.number(y.middle(lowest % y.bins())),
        100.0 * empty / values.length);
  }

  /** Rows of neighbouring cells of a level are one rectangle. */
  private String cells(Frame frame, double[] values, int level) {
    Figure.Axis x = figure.axes().get(0);
    Figure.Axis y = figure.axes().get(1);
    StringBuilder path = new StringBuilder();
    for (int j = 0; j < y.bins(); j++) {
      int begin = 0;
      while (begin < x.bins()) {
        int end = begin;
        while (end < x.bins() && level(values[end * y.bins() + j]) == level) {
          end++;
        }
        if (end > begin) {
          double left = frame.x(x.low() + begin * x.width());
          double right = frame.x(x.low() + end * x.width());
          double top = frame.y(y.low() + (j + 1) * y.width());
          double bottom = frame.y(y.low() + j * y.width());
          path.append(
              String.format(
                  Locale.ROOT, "M%.1f %.1fH%.1fV%.1fH%.1fz", left, top, right, bottom, left));
        }
        begin = Math.max(end, begin + 1);
      }
    }
    return path.toString();
  }

  private int level(double value) {
    return Double.isNaN(value)
        ? -1
        : Math.min(FreeEnergy.LEVELS - 1, (int) (value / energy.level()));
  }

  private String levelName(int level) {
    String from = Frame.number(level * energy.level());
    return level == FreeEnergy.LEVELS - 1
        ? from + " " + figure.energyUnit() + " or more"
        : from + " to " + Frame.number((level + 1) * energy.level()) + " " + figure.energyUnit();
  }

  private static String hatch(String id) {
    return "<defs><pattern id=\""
        + id
        + "\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
        + " patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\""
        + " y2=\"6\"/></pattern></defs>";
  }

  private String ground(double x, double y, double width, double height, int number) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"url(#%s-%d)\">"
            + "<title>no sample</title></rect>",
        x,
        y,
        width,
        height,
        id,
        number);
  }

  private String scale() {
    int number = figure.series().size();
    int box = 46;
    int width = box * (FreeEnergy.LEVELS + 3);
    Frame frame = new Frame(2, 4, width, 18, NO_RANGE, 0, 1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"scale\" role=\"img\" aria-label=\"Scale: %d steps of %s %s\""
                + " viewBox=\"0 0 %d 44\">%s",
            FreeEnergy.LEVELS,
            Frame.number(energy.level()),
            figure.energyUnit(),
            width + 8,
            hatch(id + "-" + number)));
    for (int level = 0; level < FreeEnergy.LEVELS; level++) {
      double left = frame.left() + box * level;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"4\" width=\"%d\" height=\"18\" style=\"fill:var(--level-%d)\"/>",
              left,
              box,
              level));
      String mark = Frame.number(level * energy.level());
      boolean last = level == FreeEnergy.LEVELS - 1;
      Frame.text(
          svg, left, 38, "start", "tick", last ? "≥ " + mark + " " + figure.energyUnit() : mark);
    }
    double empty = frame.left() + box * (FreeEnergy.LEVELS + 1.2);
    svg.append(ground(empty, 4, box, 18, number));
    Frame.text(svg, empty, 38, "start", "tick", "no sample");
    return svg.append("</svg>").toString();
  }
}

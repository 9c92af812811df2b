package org.flowexp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowexp.run.Figure;

/**
 * Two axes around a plot, in the units of an svg's view box.
 *
 * @param left of the plot
 * @param top of the plot
 * @param x along the bottom
 * @param low of the upright axis
 * @param high of the upright axis
 */
record Frame(
    double left, double top, double width, double height, Range x, double low, double high) {
  private static final int WANTED = 5;
  private static final double[] OF_A_CIRCLE = {-180, -90, 0, 90, 180};

  /** Ends of an axis, and whether it is a circle in degrees. */
  record Range(double low, double high, boolean isCircle) {
    static Range of(Figure.Axis axis) {
      return new Range(
          axis.low(), axis.high(), axis.isPeriodic() && axis.high() - axis.low() == 360);
    }

    List<Double> ticks() {
      return isCircle
          ? java.util.Arrays.stream(OF_A_CIRCLE).boxed().toList()
          : Frame.ticks(low, high);
    }
  }

  double x(double value) {
    return left + (value - x.low()) / (x.high() - x.low()) * width;
  }

  double y(double value) {
    return top + height - (value - low) / (high - low) * height;
  }

  /** Whole multiples of 1, 2 or 5 times a power of ten. */
  static List<Double> ticks(double low, double high) {
    double step = step((high - low) / WANTED);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, the least that is at least so much. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Ticks, their numbers, and what the axes are. */
  String axes(String alongX, String alongY, List<Double> upright) {
    StringBuilder svg = new StringBuilder();
    double bottom = top + height;
    for (double tick : x.ticks()) {
      line(svg, x(tick), bottom, x(tick), bottom + 5, "axis");
      text(svg, x(tick), bottom + 19, "middle", "tick", number(tick));
    }
    for (double tick : upright) {
      line(svg, left - 5, y(tick), left, y(tick), "axis");
      text(svg, left - 9, y(tick) + 4, "end", "tick", number(tick));
    }
    text(svg, left + width / 2, bottom + 38, "middle", "", alongX);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
            14.0,
            top + height / 2,
            ReportPage.escaped(alongY)));
    return svg.toString();
  }

  /** A rectangle around the plot. */
  String border() {
    return String.format(
        Locale.ROOT,
        "<rect class=\"border\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        left,
        top,
        width,
        height);
  }

  static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String ofClass) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            ofClass,
            x1,
            y1,
            x2,
            y2));
  }

  static void text(
      StringBuilder svg, double x, double y, String anchor, String ofClass, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            ofClass,
            x,
            y,
            anchor,
            ReportPage.escaped(words)));
  }

  /** Without digits that say nothing. */
  static String number(double value) {
    double clean = Math.abs(value) < 1e-12 ? 0 : value;
    String text =
        Math.abs(clean) >= 1e5 || (clean != 0 && Math.abs(clean) < 1e-3)
            ? String.format(Locale.ROOT, "%.1e", clean)
            : java.math.BigDecimal.valueOf(clean)
                .round(new java.math.MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    return text.replace('-', '−');
  }
}

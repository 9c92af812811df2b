package org.flowexp.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowexp.run.RunRecord;
import org.flowexp.run.SweepRecord;
import org.flowexp.statistics.Spread;
import org.jfree.svg.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A metric over the steps: a line an arm, the mean of its seeds. Arms differ in marker and dashes,
 * not in colour alone.
 */
final class CurveFigure {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 330;
  private static final Color NONE = new Color(0, 0, 0, 0);
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);
  private static final float[][] DASHES = {{1, 0}, {7, 4}, {2, 3}, {9, 3, 2, 3}};

  private CurveFigure() {}

  /** An svg element; empty if nothing finite was measured at two steps. */
  static String of(SweepRecord sweep, List<Arm> arms, String metric, String id) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle("step").build();
    style(chart.getStyler());
    int drawn = 0;
    for (int i = 0; i < arms.size(); i++) {
      Map<Long, Double> mean = mean(sweep, arms.get(i), metric);
      if (mean.size() > 1) {
        XYSeries series =
            chart.addSeries(
                arms.get(i).name(), List.copyOf(mean.keySet()), List.copyOf(mean.values()));
        series.setLineColor(Ink.series(i));
        series.setMarkerColor(Ink.series(i));
        series.setMarker(MARKERS.get(i % MARKERS.size()));
        series.setLineStyle(
            new BasicStroke(
                2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[i % DASHES.length], 0));
        drawn++;
      }
    }
    if (drawn == 0) {
      return "";
    }
    SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, HEIGHT);
    graphics.setDefsKeyPrefix(id);
    chart.paint(graphics, WIDTH, HEIGHT);
    String svg = graphics.getSVGElement(id, true, null, null, null);
    String title = metric + " over the steps, the mean over seeds of each arm";
    return Ink.variables(svg)
        .replaceFirst(
            "<svg ",
            "<svg role=\"img\" aria-label=\""
                + title
                + "\" viewBox=\"0 0 "
                + WIDTH
                + " "
                + HEIGHT
                + "\" ");
  }

  private static Map<Long, Double> mean(SweepRecord sweep, Arm arm, String metric) {
    List<String> ids = arm.runs().stream().map(RunRecord::id).toList();
    TreeMap<Long, List<Double>> points = new TreeMap<>();
    for (SweepRecord.Curve curve : sweep.curves()) {
      if (curve.metric().equals(metric) && ids.contains(curve.run())) {
        for (int i = 0; i < curve.steps().size(); i++) {
          points
              .computeIfAbsent(curve.steps().get(i), step -> new ArrayList<>())
              .add(curve.values().get(i));
        }
      }
    }
    TreeMap<Long, Double> mean = new TreeMap<>();
    points.forEach(
        (step, values) -> {
          double value =
              values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
          if (Double.isFinite(value)) {
            mean.put(step, value);
          }
        });
    return mean;
  }

  private static void style(XYStyler styler) {
    styler
        .setChartBackgroundColor(NONE)
        .setPlotBackgroundColor(NONE)
        .setLegendBackgroundColor(NONE);
    styler.setChartFontColor(Ink.TEXT).setPlotBorderVisible(false).setLegendBorderColor(NONE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendFont(font(12)).setMarkerSize(7);
    styler.setAxisTickLabelsFont(font(12));
    styler.setAxisTitleFont(font(12));
    styler.setYAxisTickLabelsFormattingFunction(Spread::figure);
    styler.setAxisTickLabelsColor(Ink.TEXT);
    styler.setAxisTickMarksColor(Ink.TEXT);
    styler.setXAxisTitleColor(Ink.TEXT).setYAxisTitleColor(Ink.TEXT);
    styler.setPlotGridLinesColor(Ink.GRID);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartTitleVisible(false);
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }
}

package org.flowexp.objective;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.flowexp.objective.DiscretisationTest.Row;
import org.flowexp.objective.GridDescent.Form;
import org.jfree.svg.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Σ p_k and the divergence over the steps, side by side. */
final class DiscretisationFigure {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 400;
  private static final double FLOOR = 1e-10;

  /** Told apart without colours too (Okabe and Ito). */
  static final List<Color> COLORS =
      List.of(
          new Color(0xD5, 0x5E, 0x00),
          new Color(0x00, 0x72, 0xB2),
          new Color(0x00, 0x9E, 0x73),
          new Color(0x00, 0x00, 0x00));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE,
          SeriesMarkers.CIRCLE,
          SeriesMarkers.CROSS);

  private DiscretisationFigure() {}

  /** An SVG document. */
  static String of(Map<Form, List<Row>> runs) {
    SVGGraphics2D graphics = new SVGGraphics2D(2 * WIDTH, HEIGHT);
    graphics.setDefsKeyPrefix("discretisation");
    chart(runs, "sum of p", Row::total, false).paint(graphics, WIDTH, HEIGHT);
    graphics.translate(WIDTH, 0);
    chart(runs, "KL(target, p / sum of p)", row -> Math.max(row.divergence(), FLOOR), true)
        .paint(graphics, WIDTH, HEIGHT);
    return graphics.getSVGDocument();
  }

  private static XYChart chart(
      Map<Form, List<Row>> runs, String title, ToDoubleFunction<Row> value, boolean logarithmic) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("step")
            .yAxisTitle(title)
            .build();
    chart.getStyler().setYAxisLogarithmic(logarithmic).setPlotGridLinesVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setChartTitleVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setMarkerSize(5);
    runs.forEach(
        (form, rows) -> {
          int place = List.copyOf(runs.keySet()).indexOf(form);
          XYSeries series =
              chart.addSeries(
                  form.word(),
                  rows.stream().mapToDouble(Row::step).toArray(),
                  rows.stream().mapToDouble(value).toArray());
          series.setLineColor(COLORS.get(place));
          series.setMarkerColor(COLORS.get(place));
          series.setMarker(MARKERS.get(place));
        });
    return chart;
  }
}

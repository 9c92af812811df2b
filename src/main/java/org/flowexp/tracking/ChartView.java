package org.flowexp.tracking;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * MLflow's page of charts for a sweep: its trials alone, a bar for each arm at the end, and curves
 * with their spread over seeds. MLflow keeps such a view as a tag of the experiment, {@code
 * mlflow.sharedViewState.KEY}, and shows it for {@code viewStateShareKey=KEY}.
 *
 * @param sweep its name
 * @param axes that are not the seeds
 * @param metrics in the order of the experiment
 */
public record ChartView(String sweep, List<String> axes, List<String> metrics) {
  private static final String TAG = "mlflow.sharedViewState.";

  /** MLflow takes no longer tag of an experiment. */
  private static final int LONGEST = 5_000;

  private static final int RUNS = 100;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public ChartView {
    axes = List.copyOf(axes);
    metrics = List.copyOf(metrics);
  }

  /** Under this name MLflow keeps it. */
  String key() {
    return "flowexp-" + sweep.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  String tag() {
    return TAG + key();
  }

  /** The state of the page; metrics at the end of the list are left out where it grows too long. */
  String state(String sweepRunId) {
    for (int count = metrics.size(); count > 0; count--) {
      String state = state(sweepRunId, metrics.subList(0, count));
      if (state.length() <= LONGEST) {
        return state;
      }
    }
    return state(sweepRunId, List.of());
  }

  private String state(String sweepRunId, List<String> shown) {
    ObjectNode state = MAPPER.createObjectNode();
    state.put("searchFilter", "tags.mlflow.parentRunId = '" + sweepRunId + "'");
    // The page groups by one parameter; a mean over the others would mix what differs.
    if (axes.size() == 1) {
      state.put("groupBy", "param.average." + MlflowNames.accepted(axes.get(0)));
      state.put("useGroupedValuesInCharts", true);
    }
    ArrayNode charts = state.putArray("compareRunCharts");
    shown.forEach(metric -> chart(charts, "BAR", "final/", metric));
    shown.forEach(metric -> line(chart(charts, "LINE", "eval/", metric)));
    ArrayNode sections = state.putArray("compareRunSections");
    sections.add(section("BAR", "at the end"));
    sections.add(section("LINE", "on the way"));
    state.put("isAccordionReordered", true); // else MLflow's own sections come first
    state.put("hideEmptyCharts", true);
    state.put("runsHiddenMode", "SHOW_ALL");
    return state.toString();
  }

  private static ObjectNode section(String id, String name) {
    return MAPPER
        .createObjectNode()
        .put("uuid", id)
        .put("name", name)
        .put("display", true)
        .put("isReordered", false);
  }

  private static ObjectNode chart(ArrayNode charts, String type, String section, String metric) {
    String key = MlflowNames.accepted(section + metric);
    return charts
        .addObject()
        .put("uuid", key)
        .put("type", type)
        .put("metricKey", key)
        .put("metricSectionId", type)
        .put("runsCountToCompare", RUNS)
        .put("deleted", false)
        .put("isGenerated", false);
  }

  private static void line(ObjectNode chart) {
    chart.putArray("selectedMetricKeys").add(chart.path("metricKey").asText());
    chart
        .put("xAxisKey", "step")
        .put("useGlobalXaxisKey", true)
        .put("scaleType", "linear")
        .put("xAxisScaleType", "linear")
        .put("lineSmoothness", 0)
        .put("useGlobalLineSmoothing", true)
        .put("selectedXAxisMetricKey", "")
        .put("yAxisKey", "metric")
        .putObject("range");
    chart.putArray("yAxisExpressions");
  }
}

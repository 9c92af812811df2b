package org.flowexp.tracking;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a browser shows an experiment or a run. */
public record MlflowAddress(URI url) {
  /** Without it, MLflow 3 shows the pages for language models. */
  private static final String WORKFLOW = "?workflowType=machine_learning";

  private static final Pattern EXPERIMENT = Pattern.compile("/#/experiments/([^/?]+)");

  static MlflowAddress ofExperiment(URI server, String experimentId) {
    return new MlflowAddress(URI.create(server + "/#/experiments/" + experimentId + WORKFLOW));
  }

  /** Charts, as a view kept with the experiment shows them. */
  static MlflowAddress ofView(URI server, String experimentId, String view) {
    return new MlflowAddress(
        URI.create(
            server
                + "/#/experiments/"
                + experimentId
                + "/runs"
                + WORKFLOW
                + "&compareRunsMode=CHART&viewStateShareKey="
                + view));
  }

  /** The experiment in the address of one of its pages. */
  public static Optional<String> experimentIn(String page) {
    Matcher matcher = EXPERIMENT.matcher(page);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static MlflowAddress ofRun(URI server, String experimentId, String runId) {
    return new MlflowAddress(
        URI.create(server + "/#/experiments/" + experimentId + "/runs/" + runId + WORKFLOW));
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

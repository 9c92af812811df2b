package org.flowexp.tracking;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;

/** The trackers that the language knows. */
public final class TrackingDefinitions {
  private static final Parameter<String> EXPERIMENT =
      Parameter.of(
          "experiment",
          new ParameterType.Text(),
          String.class,
          "the name under which MLflow groups the runs");

  private static final Definition<String> MLFLOW =
      new Definition<>(
          "mlflow",
          Category.TRACKER,
          Form.BLOCK,
          "logs to MLflow; read back as the name of the tracking experiment",
          List.of(EXPERIMENT),
          "let tracker = mlflow { experiment = \"double-well/losses\" }",
          arguments -> arguments.get(EXPERIMENT));

  private TrackingDefinitions() {}

  /** All trackers. */
  public static List<Definition<?>> all() {
    return List.of(MLFLOW);
  }
}

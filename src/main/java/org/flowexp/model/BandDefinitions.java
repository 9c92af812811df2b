package org.flowexp.model;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Parameter;
import org.flowexp.units.Dimension;

/** What may stand before {@code of baseline}, beside a number of standard deviations. */
public final class BandDefinitions {
  private static final double LEAST = 0.5;
  private static final double MOST = 0.9999;
  private static final Parameter<Double> LEVEL =
      Parameter.real(
          "level", Dimension.NONE, LEAST, MOST, "the share of new seeds that it should hold");

  private static final Definition<Band> PREDICTION =
      new Definition<>(
          "prediction",
          Category.BAND,
          Form.FUNCTION,
          "the prediction interval of a baseline of ten seeds or more, for the mean over the seeds"
              + " that are run: m ± t s √(1/k + 1/n), k seeds run, n recorded, t Student's"
              + " quantile with n − 1 degrees of freedom",
          List.of(LEVEL),
          "let usual = prediction(99 %)",
          arguments -> new Band.Prediction(arguments.get(LEVEL)));

  private BandDefinitions() {}

  /** All bands. */
  public static List<Definition<?>> all() {
    return List.of(PREDICTION);
  }
}

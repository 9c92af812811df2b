package org.flowexp.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.flowexp.catalog.Part;

/**
 * Something of a run that data decide: what a layer learns from them before any training, what a
 * phase fits, what a metric looks at. A data_free phase hides none of it.
 *
 * @param by who uses the data, such as {@code `whiten` by}
 * @param data what was done to them, in words
 */
public record DataUse(Kind kind, String by, String data) {
  /** What becomes of the data. */
  public enum Kind {
    BAKED_IN,
    TRAINED_ON,
    MEASURED_ON;

    /** As it stands in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All of a run, each once. */
  public static List<DataUse> of(ExperimentModel experiment) {
    Set<DataUse> uses = new LinkedHashSet<>();
    ArchitectureModel architecture = experiment.architecture();
    List<Part> parts = new ArrayList<>(List.of(architecture.base()));
    parts.addAll(architecture.layers());
    parts.forEach(part -> bakedIn(part, uses));
    for (PhaseModel phase : experiment.phases()) {
      phase
          .data()
          .ifPresent(
              data ->
                  uses.add(new DataUse(Kind.TRAINED_ON, "phase " + phase.name(), data.phrase())));
    }
    for (MetricModel metric : experiment.metrics()) {
      metric
          .data()
          .values()
          .forEach(data -> uses.add(new DataUse(Kind.MEASURED_ON, metric.name(), data.phrase())));
    }
    experiment
        .figures()
        .data()
        .values()
        .forEach(data -> uses.add(new DataUse(Kind.MEASURED_ON, "a figure", data.phrase())));
    return List.copyOf(uses);
  }

  private static void bakedIn(Part part, Set<DataUse> uses) {
    for (Map.Entry<String, Object> argument : part.arguments().values().entrySet()) {
      if (argument.getValue() instanceof DataSource data) {
        String by = "`" + part.name() + "` " + argument.getKey();
        uses.add(new DataUse(Kind.BAKED_IN, by, data.phrase()));
      } else if (argument.getValue() instanceof Part inner) {
        bakedIn(inner, uses);
      }
    }
  }
}

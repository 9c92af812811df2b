package org.flowexp.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.model.Canonical;
import org.flowexp.model.MetricModel;

/**
 * What an evaluation gave.
 *
 * @param values by the hash of the metric's meaning, since a metric may be called otherwise later
 * @param energyEvaluations of the evaluation
 */
public record Measured(Map<String, Double> values, long energyEvaluations) {
  static final Stage.Form<Measured> FORM = new Form();

  /** Copies the values. */
  public Measured {
    values = Map.copyOf(values);
  }

  /** From values by the names of the metrics. */
  public static Measured of(
      List<MetricModel> metrics, Map<String, Double> named, long energyEvaluations) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (MetricModel metric : metrics) {
      values.put(meaning(metric), Objects.requireNonNull(named.get(metric.name())));
    }
    return new Measured(values, energyEvaluations);
  }

  /** The values by the names of the metrics, in their order. */
  public Map<String, Double> named(List<MetricModel> metrics) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (MetricModel metric : metrics) {
      named.put(metric.name(), Objects.requireNonNull(values.get(meaning(metric))));
    }
    return named;
  }

  private static String meaning(MetricModel metric) {
    return Canonical.sha256(Canonical.of(metric));
  }

  private static final class Form implements Stage.Form<Measured> {
    @Override
    public Archive write(Measured measured) {
      List<String> keys = measured.values.keySet().stream().sorted().toList();
      return new Archive.Builder()
          .lines("metrics", keys)
          .doubles("values", keys.stream().mapToDouble(measured.values::get).toArray())
          .longs("energy_evaluations", measured.energyEvaluations)
          .build();
    }

    @Override
    public Measured read(Archive archive) throws Refusal {
      List<String> keys = archive.lines("metrics");
      double[] numbers = archive.doubles("values", keys.size());
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < numbers.length; i++) {
        values.put(keys.get(i), numbers[i]);
      }
      return new Measured(values, archive.number("energy_evaluations"));
    }

    @Override
    public boolean isKept(Measured measured) {
      return true;
    }
  }
}

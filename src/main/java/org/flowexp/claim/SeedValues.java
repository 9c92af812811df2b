package org.flowexp.claim;

import java.util.Map;
import java.util.Optional;
import org.flowexp.expression.SampleSet;

/**
 * Metrics over the seeds, as samples of a formula.
 *
 * @param count the number of seeds
 * @param values by variable, one a seed
 */
record SeedValues(int count, Map<String, double[]> values) implements SampleSet {
  SeedValues {
    values = Map.copyOf(values);
  }

  @Override
  public boolean has(String variable) {
    return values.containsKey(variable);
  }

  @Override
  public double[] column(String variable) {
    return Optional.ofNullable(values.get(variable))
        .orElseThrow(() -> missing("metric `" + variable + "`"));
  }

  @Override
  public double[] vector(String variable) {
    throw missing("vector");
  }

  @Override
  public int dim(String variable) {
    throw missing("vector");
  }

  @Override
  public double scalar(String variable) {
    throw missing("single value `" + variable + "`");
  }

  @Override
  public SampleSet on(String data) {
    throw missing("data");
  }

  private static IllegalArgumentException missing(String what) {
    return new IllegalArgumentException("a verdict has no " + what);
  }
}

package org.flowexp.expression;

import java.util.Map;
import java.util.Optional;

/** Samples in maps. */
public record Columns(
    int count,
    Map<String, double[]> batches,
    Map<String, double[]> vectors,
    Map<String, Double> scalars,
    Map<String, SampleSet> others)
    implements SampleSet {

  public static Columns of(int count, Map<String, double[]> batches) {
    return new Columns(count, batches, Map.of(), Map.of(), Map.of());
  }

  @Override
  public boolean has(String variable) {
    return batches.containsKey(variable)
        || vectors.containsKey(variable)
        || scalars.containsKey(variable);
  }

  @Override
  public double[] column(String variable) {
    return known(batches, variable);
  }

  @Override
  public double[] vector(String variable) {
    return known(vectors, variable);
  }

  @Override
  public int dim(String variable) {
    return vector(variable).length / count;
  }

  @Override
  public double scalar(String variable) {
    return known(scalars, variable);
  }

  @Override
  public SampleSet on(String data) {
    return known(others, data);
  }

  private static <T> T known(Map<String, T> values, String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no " + name));
  }
}

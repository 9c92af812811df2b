package org.flowexp.expression;

import java.util.Map;

/** Variables of one value each: the context of a constant, and of an integrand. */
record Scalars(Map<String, Double> values) implements SampleSet {
  Scalars {
    values = Map.copyOf(values);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public boolean has(String variable) {
    return values.containsKey(variable);
  }

  @Override
  public double[] column(String variable) {
    return new double[] {scalar(variable)};
  }

  @Override
  public double[] vector(String variable) {
    throw new IllegalArgumentException("no vector `" + variable + "` in a constant");
  }

  @Override
  public int dim(String variable) {
    throw new IllegalArgumentException("no vector `" + variable + "` in a constant");
  }

  @Override
  public double scalar(String variable) {
    if (!has(variable)) {
      throw new IllegalArgumentException("no variable `" + variable + "` in a constant");
    }
    return values.get(variable);
  }

  @Override
  public SampleSet on(String data) {
    throw new IllegalArgumentException("no data `" + data + "` in a constant");
  }
}

package org.flowexp.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowexp.expression.Readings;
import org.flowexp.expression.SampleSet;
import org.flowexp.statistics.LogWeights;

/** Samples as arrays, with the data that formulas may look at beside them. */
public final class ArraySamples implements SampleSet {
  private final int count;
  private final int dim;
  private final Map<String, double[]> values;
  private final Map<String, ArraySamples> data;

  private ArraySamples(
      int count, int dim, Map<String, double[]> values, Map<String, ArraySamples> data) {
    this.count = count;
    this.dim = dim;
    this.values = values;
    this.data = data;
  }

  /**
   * From what was computed; {@code log_p} and {@code log_w} follow where {@code u} and {@code
   * log_q} are there.
   *
   * @param dim of {@code x}
   * @param values {@code x} [count · dim], {@code z} [count · latents], {@code u}, {@code log_q}
   *     [count]; not copied
   */
  public static ArraySamples of(int count, int dim, Map<String, double[]> values) {
    Map<String, double[]> all = new LinkedHashMap<>(values);
    Optional.ofNullable(values.get("u"))
        .ifPresent(u -> all.put("log_p", difference(new double[u.length], u)));
    if (values.containsKey("u") && values.containsKey("log_q")) {
      all.put("log_w", difference(all.get("log_p"), values.get("log_q")));
    }
    return new ArraySamples(count, dim, all, Map.of());
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** The same samples beside these data, by key. */
  public ArraySamples beside(Map<String, ArraySamples> others) {
    return new ArraySamples(count, dim, values, Map.copyOf(others));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean has(String variable) {
    return values.containsKey(variable)
        || variable.equals("n")
        || variable.equals("beta")
        || (variable.equals(Readings.RUNNING_LOG_Z) && values.containsKey("log_w"));
  }

  @Override
  public double[] column(String variable) {
    return find(variable, count);
  }

  @Override
  public double[] vector(String variable) {
    return find(variable, (long) count * dim(variable));
  }

  /** Latents may have fewer numbers than configurations. */
  @Override
  public int dim(String variable) {
    double[] found = values.get(variable);
    return found == null || count == 0 ? dim : found.length / count;
  }

  @Override
  public double scalar(String variable) {
    return switch (variable) {
      case "n" -> count;
      case "beta" -> 1; // an analytic energy is in kT already
      case Readings.RUNNING_LOG_Z -> LogWeights.logMeanExp(column("log_w")); // all in one batch
      default -> throw new IllegalArgumentException("no one value `" + variable + "`");
    };
  }

  @Override
  public SampleSet on(String key) {
    return Optional.ofNullable(data.get(key))
        .orElseThrow(() -> new IllegalArgumentException("no data `" + key + "`"));
  }

  private double[] find(String variable, long length) {
    return Optional.ofNullable(values.get(variable))
        .filter(found -> found.length == length)
        .orElseThrow(() -> new IllegalArgumentException("no values of `" + variable + "`"));
  }
}

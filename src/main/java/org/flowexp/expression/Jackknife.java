package org.flowexp.expression;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The standard error of a number estimated from samples, by leaving out blocks (Quenouille 1956;
 * Tukey 1958; Künsch 1989 for blocks of a series): √((g − 1)/g Σ (θ_b − θ̄)²), θ_b without block b
 * of g. Blocks are of neighbours, so that the correlation of data from chains counts. Its own
 * relative error is 1/√(2(g − 1)), 13 % here.
 */
final class Jackknife {
  static final int BLOCKS = 32;

  private Jackknife() {}

  /** Over all samples that the formula reads, those of each data by themselves. */
  static double error(SampleSet samples, Formula formula) {
    ToDoubleFunction<SampleSet> estimate = set -> new Interpreter(set).value(formula);
    Readings readings = Readings.of(formula);
    double squares = 0;
    if (!readings.here().isEmpty()) {
      squares += square(samples.count(), rows -> estimate.applyAsDouble(rows.of(samples)));
    }
    for (String data : readings.on().keySet()) {
      SampleSet other = samples.on(data);
      squares +=
          square(
              other.count(),
              rows -> estimate.applyAsDouble(new Replaced(samples, data, rows.of(other))));
    }
    return Math.sqrt(squares);
  }

  /** NaN if there is no sample for each block. */
  private static double square(int count, ToDoubleFunction<Gap> estimate) {
    if (count < BLOCKS) {
      return Double.NaN;
    }
    double[] estimates =
        IntStream.range(0, BLOCKS)
            .mapToDouble(b -> estimate.applyAsDouble(Gap.of(b, count)))
            .toArray();
    return (BLOCKS - 1) * Reductions.reduce(Reduction.VARIANCE, estimates, BLOCKS);
  }

  /** The rows left out. */
  private record Gap(int from, int to) {
    static Gap of(int block, int count) {
      return new Gap((int) ((long) block * count / BLOCKS), (int) ((block + 1L) * count / BLOCKS));
    }

    SampleSet of(SampleSet samples) {
      return new Without(samples, this);
    }

    double[] apply(double[] rows, int dim) {
      double[] kept = new double[rows.length - (to - from) * dim];
      System.arraycopy(rows, 0, kept, 0, from * dim);
      System.arraycopy(rows, to * dim, kept, from * dim, rows.length - to * dim);
      return kept;
    }
  }

  private record Without(SampleSet samples, Gap gap) implements SampleSet {
    @Override
    public int count() {
      return samples.count() - (gap.to() - gap.from());
    }

    @Override
    public boolean has(String variable) {
      return samples.has(variable);
    }

    @Override
    public double[] column(String variable) {
      return gap.apply(samples.column(variable), 1);
    }

    @Override
    public double[] vector(String variable) {
      return gap.apply(samples.vector(variable), samples.dim(variable));
    }

    @Override
    public int dim(String variable) {
      return samples.dim(variable);
    }

    @Override
    public double scalar(String variable) {
      return variable.equals("n") ? count() : samples.scalar(variable);
    }

    @Override
    public SampleSet on(String data) {
      return samples.on(data);
    }
  }

  private record Replaced(SampleSet samples, String data, SampleSet other) implements SampleSet {
    @Override
    public int count() {
      return samples.count();
    }

    @Override
    public boolean has(String variable) {
      return samples.has(variable);
    }

    @Override
    public double[] column(String variable) {
      return samples.column(variable);
    }

    @Override
    public double[] vector(String variable) {
      return samples.vector(variable);
    }

    @Override
    public int dim(String variable) {
      return samples.dim(variable);
    }

    @Override
    public double scalar(String variable) {
      return samples.scalar(variable);
    }

    @Override
    public SampleSet on(String key) {
      return key.equals(data) ? other : samples.on(key);
    }
  }
}

package org.flowexp.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.units.Dimension;

/**
 * Evaluates formulas on arrays, a whole batch at a time. A truth value is 0 or 1.
 *
 * <p>Invalid rows are those whose {@code log_w} is not finite. Where a reduction's body or
 * condition reads {@code log_w}, {@code log_p} or {@code u}, they have no weight: they add 0 to a
 * sum, to a log-sum and to a softmax, and are left out of a mean, variance, median, least and most;
 * the mean of weights ({@code log_mean_exp}) and the Kish fraction keep them in n.
 *
 * <p>Of no rows that satisfy a condition, the value is 0, but −∞ for a log-sum; of a batch without
 * valid rows, a mean, variance, median, least or most is NaN.
 */
public final class Interpreter {
  private static final String LOG_WEIGHT = "log_w";

  private final SampleSet samples;
  private final Map<String, Double> indices;

  /** For formulas of this set's variables. */
  public Interpreter(SampleSet samples) {
    this(samples, Map.of());
  }

  private Interpreter(SampleSet samples, Map<String, Double> indices) {
    this.samples = samples;
    this.indices = indices;
  }

  /** The value of a formula without variables. */
  public static double constant(Formula formula) {
    return scalar(formula, Map.of());
  }

  /** The value of a formula of these variables, one number each. */
  public static double scalar(Formula formula, Map<String, Double> variables) {
    return new Interpreter(new Scalars(variables)).value(formula);
  }

  /** The value of a formula of running indices alone. */
  static double indexed(Formula formula, Map<String, Double> indices) {
    return new Interpreter(new Scalars(Map.of()), indices).value(formula);
  }

  /**
   * One value per sample, or an array of length 1 if the formula has one value.
   *
   * @throws IllegalArgumentException if the formula is a vector, or reads what the set does not
   *     have
   */
  public double[] values(Formula formula) {
    double[] values = evaluate(formula);
    return formula.type().extent() == Extent.SCALAR ? values : perSample(values).clone();
  }

  /**
   * The value of a formula of one value.
   *
   * @throws IllegalArgumentException if it has one per sample, or reads what the set does not have
   */
  public double value(Formula formula) {
    double[] values = evaluate(formula);
    if (values.length != 1) {
      throw new IllegalArgumentException("not one value but " + values.length);
    }
    return values[0];
  }

  private double[] evaluate(Formula formula) {
    if (formula instanceof Formula.Number number) {
      return one(number.value());
    }
    if (formula instanceof Formula.Truth truth) {
      return one(truth.value() ? 1 : 0);
    }
    if (formula instanceof Formula.Variable variable) {
      return variable(variable);
    }
    if (formula instanceof Formula.RunningIndex index) {
      return one(index(index));
    }
    if (formula instanceof Formula.Element element) {
      return element(element);
    }
    if (formula instanceof Formula.Measured measured) {
      return measured(measured);
    }
    if (formula instanceof Formula.Apply apply) {
      return apply(apply);
    }
    if (formula instanceof Formula.SumOver sum) {
      return sumOver(sum);
    }
    if (formula instanceof Formula.Reduce reduce) {
      return one(reduce(reduce));
    }
    if (formula instanceof Formula.Softmax softmax) {
      double[] body = perSample(evaluate(softmax.body()));
      return Reductions.softmax(body, valid(softmax));
    }
    if (formula instanceof Formula.Stop stop) {
      return evaluate(stop.body());
    }
    if (formula instanceof Formula.Modes modes) {
      return one(modes(modes));
    }
    if (formula instanceof Formula.Estimate estimate) {
      double[][] operands =
          estimate.operands().stream().map(this::operand).toArray(double[][]::new);
      return one(Estimates.of(estimate.estimator(), operands));
    }
    if (formula instanceof Formula.StandardError error) {
      return one(Jackknife.error(samples, error.body()));
    }
    if (formula instanceof Formula.On on) {
      return new Interpreter(samples.on(on.data()), indices).evaluate(on.body());
    }
    throw vector();
  }

  /** Other data have a length of their own. */
  private double[] operand(Formula formula) {
    return formula instanceof Formula.On ? evaluate(formula) : perSample(evaluate(formula));
  }

  private double modes(Formula.Modes modes) {
    double[] labels = perSample(evaluate(modes.label()));
    double[] reference = evaluate(modes.reference());
    Optional<Map<Double, Double>> weights =
        modes.reference() instanceof Formula.On
            ? Optional.of(ModeWeights.shares(reference))
            : ModeWeights.exact(labels, perSample(reference));
    return weights
        .map(
            w ->
                ModeWeights.measure(
                    modes.measure(), labels.length, modes.above(), ModeWeights.shares(labels), w))
        .orElse(Double.NaN);
  }

  private static double[] one(double value) {
    return new double[] {value};
  }

  private static IllegalArgumentException vector() {
    return new IllegalArgumentException("a vector; only its elements have values");
  }

  private double[] variable(Formula.Variable variable) {
    return switch (variable.type().extent()) {
      case SCALAR -> one(samples.scalar(variable.name()));
      case BATCH -> samples.column(variable.name());
      case VECTOR -> throw vector();
    };
  }

  private double index(Formula.RunningIndex index) {
    return Optional.ofNullable(indices.get(index.name()))
        .orElseThrow(() -> new IllegalArgumentException("`" + index.name() + "` does not run"));
  }

  private double[] apply(Formula.Apply apply) {
    List<Formula> operands = apply.operands();
    double[][] values = new double[operands.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = evaluate(operands.get(i));
    }
    return Arithmetic.apply(apply.operation(), values);
  }

  private double[] element(Formula.Element element) {
    Formula component = Formulas.component(element);
    if (!(component instanceof Formula.Element reduced)) {
      return evaluate(component);
    }
    int index = (int) Math.rint(value(reduced.index()));
    if (reduced.vector() instanceof Formula.Rotated rotated) {
      return rotatedElement(rotated, index);
    }
    String name = ((Formula.Variable) reduced.vector()).name();
    double[] vector = samples.vector(name);
    int dim = samples.dim(name);
    checkIndex(index, dim);
    double[] column = new double[samples.count()];
    for (int row = 0; row < column.length; row++) {
      column[row] = vector[row * dim + index];
    }
    return column;
  }

  private double[] rotatedElement(Formula.Rotated rotated, int index) {
    Matrix matrix = rotated.matrix();
    checkIndex(index, matrix.size());
    if (rotated.vector() instanceof Formula.Variable variable) {
      return rotatedElement(matrix, variable.name(), index);
    }
    double[] sum = new double[samples.count()];
    for (int j = 0; j < matrix.size(); j++) {
      Formula at = new Formula.Number(j, Dimension.NONE);
      double[] part =
          element(new Formula.Element(rotated.vector(), at, rotated.type().dimension()));
      for (int row = 0; row < sum.length; row++) {
        sum[row] += matrix.at(index, j) * part[part.length == 1 ? 0 : row];
      }
    }
    return sum;
  }

  private double[] rotatedElement(Matrix matrix, String name, int index) {
    double[] vector = samples.vector(name);
    int dim = samples.dim(name);
    double[] coefficients = new double[dim];
    Arrays.setAll(coefficients, j -> matrix.at(index, j));
    double[] column = new double[samples.count()];
    for (int row = 0; row < column.length; row++) {
      double sum = 0;
      for (int j = 0; j < dim; j++) {
        sum += coefficients[j] * vector[row * dim + j];
      }
      column[row] = sum;
    }
    return column;
  }

  private double[] measured(Formula.Measured measured) {
    String name = ((Formula.Variable) measured.positions()).name();
    double[] positions = samples.vector(name);
    int dim = samples.dim(name);
    if (dim != 3 * measured.count()) {
      throw new IllegalArgumentException(dim + " numbers for " + measured.count() + " atoms");
    }
    int[] places = measured.places().stream().mapToInt(Integer::intValue).toArray();
    double[] column = new double[samples.count()];
    Arrays.setAll(column, row -> measured.measure().of(positions, row * dim, places));
    return column;
  }

  private static void checkIndex(int index, int dim) {
    if (index < 0 || index >= dim) {
      throw new IllegalArgumentException("element " + index + " of " + dim);
    }
  }

  private double[] sumOver(Formula.SumOver sum) {
    double[] total = one(0);
    for (long i = sum.from(); i <= sum.to(); i++) {
      Map<String, Double> inner = new HashMap<>(indices);
      inner.put(sum.index().name(), (double) i);
      double[] term = new Interpreter(samples, inner).evaluate(sum.body());
      total = Arithmetic.apply(Operation.ADD, total, term);
    }
    return total;
  }

  private double reduce(Formula.Reduce reduce) {
    double[] body = perSample(evaluate(reduce.body()));
    boolean[] keep = valid(reduce);
    int n = body.length;
    if (reduce.where().isPresent()) {
      double[] where = perSample(evaluate(reduce.where().get()));
      n = (int) Arrays.stream(where).filter(v -> v != 0).count();
      for (int i = 0; i < keep.length; i++) {
        keep[i] &= where[i] != 0;
      }
    }
    double[] rows = Reductions.kept(body, keep);
    boolean none = rows.length == 0 && reduce.where().isPresent();
    double value = Reductions.reduce(reduce.reduction(), rows, n);
    return none && Double.isNaN(value) ? 0 : value;
  }

  /** The rows that have weight in this reduction or softmax. */
  private boolean[] valid(Formula reduction) {
    boolean[] valid = new boolean[samples.count()];
    Arrays.fill(valid, true);
    if (samples.has(LOG_WEIGHT) && Formulas.readsWeights(reduction)) {
      double[] logWeights = samples.column(LOG_WEIGHT);
      for (int i = 0; i < valid.length; i++) {
        valid[i] = Double.isFinite(logWeights[i]);
      }
    }
    return valid;
  }

  private double[] perSample(double[] values) {
    if (values.length == samples.count()) {
      return values;
    }
    double[] repeated = new double[samples.count()];
    Arrays.fill(repeated, values[0]);
    return repeated;
  }
}

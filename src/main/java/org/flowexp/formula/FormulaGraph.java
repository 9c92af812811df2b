package org.flowexp.formula;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.formula.Scope.Coordinates;
import org.flowexp.formula.Scope.Flat;
import org.flowexp.formula.Scope.Running;
import org.flowexp.formula.Scope.Validity;
import org.flowexp.geometry.Measures;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Formulas of one context as graph nodes; what they have in common is computed once. Values are
 * those of {@link org.flowexp.expression.Interpreter}, invalid rows included. A gradient is finite
 * where an invalid row or one that a condition leaves out has a pole; the values of {@code log_w},
 * {@code log_p}, {@code log_q} and {@code u} themselves get the gradient 0 there. Medians and
 * conditions have no gradient.
 */
public final class FormulaGraph {
  private static final String LOG_WEIGHT = "log_w";

  /** What is not finite in an invalid row. */
  private static final Set<String> WEIGHTS = Set.of(LOG_WEIGHT, "log_p", "log_q", "u");

  private final GraphBuilder builder;
  private final Ops tf;
  private final Map<String, Operand<TFloating>> bindings;
  private final OperationGraph operations;
  private final Map<Place, Operand<? extends TType>> lowered = new HashMap<>();

  private record Place(Formula formula, Scope scope) {}

  /**
   * In the context of these variables.
   *
   * @param bindings vectors [batch, dim], values per sample [batch] and scalars [], of known rank
   */
  public FormulaGraph(GraphBuilder builder, Map<String, Operand<TFloating>> bindings) {
    this.builder = builder;
    this.tf = builder.tf();
    this.bindings = Map.copyOf(bindings);
    this.operations = new OperationGraph(builder);
  }

  /**
   * The value, [] or [batch]; a truth value is 0 or 1.
   *
   * @throws IllegalArgumentException if the formula is a vector, looks at other data, or reads what
   *     is not bound
   */
  public Operand<TFloating> lower(Formula formula) {
    if (formula.type().extent() == Extent.VECTOR) {
      throw new IllegalArgumentException("a vector; only its elements have values");
    }
    Operand<TFloating> value = number(formula, Scope.outermost());
    return formula.type().extent() == Extent.SCALAR ? value : perSample(value);
  }

  private Operand<TFloating> number(Formula formula, Scope scope) {
    Operand<? extends TType> node = node(formula, scope);
    return node.type().equals(TBool.class)
        ? tf.dtypes.cast(node, builder.precision().type())
        : node.asOutput().expect(builder.precision().type());
  }

  private Operand<TBool> truth(Formula formula, Scope scope) {
    return node(formula, scope).asOutput().expect(TBool.class);
  }

  private Operand<? extends TType> node(Formula formula, Scope scope) {
    Place place = new Place(formula, scope);
    Optional<Operand<? extends TType>> known = Optional.ofNullable(lowered.get(place));
    if (known.isPresent()) {
      return known.get();
    }
    Operand<? extends TType> node = create(formula, scope);
    lowered.put(place, node);
    return node;
  }

  private Operand<? extends TType> create(Formula formula, Scope scope) {
    if (formula instanceof Formula.Number number) {
      return builder.constant(number.value());
    }
    if (formula instanceof Formula.Truth truth) {
      return tf.constant(truth.value());
    }
    if (formula instanceof Formula.Variable variable) {
      return variable(variable, scope);
    }
    if (formula instanceof Formula.RunningIndex index) {
      return index(index, scope);
    }
    if (formula instanceof Formula.Element element) {
      return element(element, scope);
    }
    if (formula instanceof Formula.Rotated rotated) {
      return tf.linalg.matMul(
          number(rotated.vector(), scope),
          builder.constant(rotated.matrix().rows()),
          MatMul.transposeB(true));
    }
    if (formula instanceof Formula.Measured measured) {
      return besides(measured(measured), scope);
    }
    if (formula instanceof Formula.Apply apply) {
      return apply(apply, scope);
    }
    if (formula instanceof Formula.SumOver sum) {
      return sumOver(sum, scope);
    }
    if (formula instanceof Formula.Reduce reduce) {
      return overBatch(reduce, reduce.body(), reduce.where(), scope).reduce(reduce.reduction());
    }
    if (formula instanceof Formula.Softmax softmax) {
      return besides(overBatch(softmax, softmax.body(), Optional.empty(), scope).softmax(), scope);
    }
    if (formula instanceof Formula.Stop stop) {
      return tf.stopGradient(node(stop.body(), scope));
    }
    throw new IllegalArgumentException("other data and estimates have no place in a graph");
  }

  private Operand<TFloating> measured(Formula.Measured measured) {
    Operand<TFloating> positions = number(measured.positions(), Scope.outermost());
    Measures of = new Measures(builder, positions, measured.count());
    int[] at = measured.places().stream().mapToInt(Integer::intValue).toArray();
    return switch (measured.measure()) {
      case DISTANCE -> of.distance(at[0], at[1]);
      case ANGLE -> of.angle(at[0], at[1], at[2]);
      case DIHEDRAL -> of.dihedral(at[0], at[1], at[2], at[3]);
    };
  }

  private Operand<TFloating> binding(String name) {
    return Optional.ofNullable(bindings.get(name))
        .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is not bound"));
  }

  private Operand<TFloating> variable(Formula.Variable variable, Scope scope) {
    if (variable.type().extent() != Extent.BATCH) {
      return binding(variable.name());
    }
    if (scope.validity() == Validity.VALID_ROWS && WEIGHTS.contains(variable.name())) {
      Operand<TFloating> safe = tf.select(valid(), binding(variable.name()), builder.constant(0));
      return besides(safe, scope);
    }
    return besides(binding(variable.name()), scope);
  }

  private Operand<TBool> valid() {
    Formula.Variable key = new Formula.Variable("valid rows", new Formula.Truth(true).type());
    Place place = new Place(key, Scope.outermost());
    return lowered
        .computeIfAbsent(place, p -> tf.math.isFinite(binding(LOG_WEIGHT)))
        .asOutput()
        .expect(TBool.class);
  }

  /** A value per sample [batch] as [batch, 1] where there is a second axis. */
  private <T extends TType> Operand<T> besides(Operand<T> value, Scope scope) {
    return scope.axis() == Flat.FLAT || value.shape().numDimensions() != 1
        ? value
        : tf.expandDims(value, tf.constant(1));
  }

  private Operand<TFloating> index(Formula.RunningIndex index, Scope scope) {
    if (scope.axis() instanceof Running running && running.name().equals(index.name())) {
      double[] values =
          LongStream.rangeClosed(running.from(), running.to()).asDoubleStream().toArray();
      return builder.constant(values, 1, values.length);
    }
    return builder.constant(literal(index, scope));
  }

  private static double literal(Formula formula, Scope scope) {
    return Formulas.literal(formula, scope.indices())
        .orElseThrow(() -> new IllegalArgumentException("an index that is not affine"));
  }

  private Operand<TFloating> element(Formula.Element whole, Scope scope) {
    Formula component = Formulas.component(whole);
    if (!(component instanceof Formula.Element element)) {
      return number(component, scope);
    }
    if (!scope.equals(scope.bare())) {
      return number(element, scope.bare());
    }
    Scope vectors =
        new Scope(
            Coordinates.COORDINATES,
            relevant(element.vector(), scope),
            Optional.empty(),
            Validity.ANY_ROW);
    Operand<TFloating> vector = number(element.vector(), vectors);
    Operand<TFloating> columns = builder.columns(vector, columns(element.index(), scope));
    return scope.axis() == Flat.FLAT ? tf.reshape(columns, tf.array(-1)) : columns;
  }

  /** So that a vector that reads no running index is computed once. */
  private static Map<String, Double> relevant(Formula vector, Scope scope) {
    Map<String, Double> relevant = new HashMap<>(scope.indices());
    relevant.keySet().removeIf(name -> !Formulas.readsIndex(vector, name));
    return relevant;
  }

  private static int[] columns(Formula index, Scope scope) {
    if (scope.axis() instanceof Running running && running.isReadBy(index)) {
      return LongStream.rangeClosed(running.from(), running.to())
          .mapToInt(i -> column(index, scope.with(running.name(), (double) i)))
          .toArray();
    }
    return new int[] {column(index, scope)};
  }

  private static int column(Formula index, Scope scope) {
    return (int) Math.rint(literal(index, scope));
  }

  private Operand<? extends TType> apply(Formula.Apply apply, Scope scope) {
    List<Formula> operands = apply.operands();
    Operation operation = apply.operation();
    if (operation == Operation.SELECT) {
      return select(operands, scope);
    }
    if (operation == Operation.POWER) {
      Operand<TFloating> base = number(operands.get(0), scope);
      return Formulas.literal(operands.get(1), scope.indices())
          .map(exponent -> operations.power(base, exponent, scope.mask()))
          .orElseGet(() -> operations.power(base, number(operands.get(1), scope), scope.mask()));
    }
    if (!operation.isPredicate()) {
      List<Operand<TFloating>> values = operands.stream().map(o -> number(o, scope)).toList();
      return operations.number(operation, values, scope.mask());
    }
    return operands.get(0).type().isTruth()
        ? operations.logical(operation, operands.stream().map(o -> truth(o, scope)).toList())
        : operations.comparison(
            operation, number(operands.get(0), scope), number(operands.get(1), scope));
  }

  private Operand<? extends TType> select(List<Formula> operands, Scope scope) {
    Operand<TBool> condition = truth(operands.get(0), scope);
    Formula then = operands.get(1);
    Formula otherwise = operands.get(2);
    Scope yes = scope.where(builder, condition, then);
    Scope no = scope.where(builder, tf.math.logicalNot(condition), otherwise);
    return then.type().isTruth()
        ? tf.select(condition, truth(then, yes), truth(otherwise, no))
        : tf.select(condition, number(then, yes), number(otherwise, no));
  }

  private Operand<TFloating> sumOver(Formula.SumOver sum, Scope scope) {
    Running running = new Running(sum.index().name(), sum.from(), sum.to());
    if (sum.to() < sum.from()) {
      return builder.constant(0);
    }
    if (!running.isReadBy(sum.body())) {
      return tf.math.mul(number(sum.body(), scope), builder.constant(running.length()));
    }
    if (scope.axis() != Flat.FLAT || !fitsAnAxis(sum.body(), running)) {
      return LongStream.rangeClosed(sum.from(), sum.to())
          .mapToObj(i -> number(sum.body(), scope.with(running.name(), (double) i)))
          .reduce(tf.math::add)
          .orElseThrow();
    }
    Scope inner = scope.along(running);
    Operand<TFloating> terms =
        number(sum.body(), inner.masked(scope.mask().map(m -> besides(m, inner))));
    Operand<TFloating> total = builder.sum(terms, 1);
    return total.shape().get(0) == 1 && sum.type().extent() == Extent.SCALAR
        ? tf.reshape(total, tf.constant(new int[0]))
        : total;
  }

  private static boolean fitsAnAxis(Formula body, Running running) {
    return !Formulas.contains(
        body,
        part ->
            part instanceof Formula.SumOver
                || (running.isReadBy(part)
                    && (part instanceof Formula.Reduce
                        || part instanceof Formula.Softmax
                        || part instanceof Formula.Rotated)));
  }

  private ReductionGraph overBatch(
      Formula whole, Formula body, Optional<Formula> where, Scope scope) {
    Scope flat = new Scope(Flat.FLAT, relevant(whole, scope), Optional.empty(), Validity.ANY_ROW);
    boolean weighted = bindings.containsKey(LOG_WEIGHT) && Formulas.readsWeights(whole);
    Optional<Operand<TBool>> valid = weighted ? Optional.of(valid()) : Optional.empty();
    var rows = ReductionGraph.Rows.of(builder, where.map(w -> perSample(truth(w, flat))), valid);
    Scope masked = rows.keep().map(keep -> flat.where(builder, keep, body)).orElse(flat);
    Operand<TFloating> values = number(body, weighted ? masked.valid() : masked);
    return new ReductionGraph(builder, perSample(values), rows);
  }

  private <T extends TType> Operand<T> perSample(Operand<T> value) {
    if (value.shape().numDimensions() != 0) {
      return value;
    }
    Operand<TFloating> any =
        bindings.keySet().stream()
            .sorted()
            .map(this::binding)
            .filter(b -> b.shape().numDimensions() > 0)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no samples are bound"));
    return tf.fill(tf.slice(tf.shape(any), tf.array(0), tf.array(1)), value);
  }
}

package org.flowexp.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.flowexp.units.Dimension;

/** Questions about formulas, answered by walking through them. */
public final class Formulas {
  /** Where an invalid row shows: these are not finite there. */
  /** An estimate of log Z: over the flow's own samples, the mean of e^log_w as a logarithm. */
  public static final Formula LOG_MEAN_WEIGHT =
      new Formula.Reduce(
          Reduction.LOG_MEAN_EXP,
          new Formula.Variable("log_w", FormulaType.number(Extent.BATCH, Dimension.NONE)),
          Optional.empty(),
          Dimension.NONE);

  private static final Set<String> WEIGHTS = Set.of("log_w", "log_p", "u");

  private static final Set<String> OF_THE_FLOW = Set.of("log_q", "log_w");
  private static final Set<String> OF_THE_CONFIGURATION = Set.of("x", "z", "s", "u", "log_p");

  private Formulas() {}

  /** The parts a formula is made of, one level down, in order. */
  public static List<Formula> parts(Formula formula) {
    if (formula instanceof Formula.Element element) {
      return List.of(element.vector(), element.index());
    }
    if (formula instanceof Formula.Rotated rotated) {
      return List.of(rotated.vector());
    }
    if (formula instanceof Formula.Measured measured) {
      return List.of(measured.positions());
    }
    if (formula instanceof Formula.Apply apply) {
      return apply.operands();
    }
    if (formula instanceof Formula.SumOver sum) {
      return List.of(sum.body());
    }
    if (formula instanceof Formula.Reduce reduce) {
      List<Formula> parts = new ArrayList<>(List.of(reduce.body()));
      reduce.where().ifPresent(parts::add);
      return List.copyOf(parts);
    }
    if (formula instanceof Formula.Softmax softmax) {
      return List.of(softmax.body());
    }
    if (formula instanceof Formula.Stop stop) {
      return List.of(stop.body());
    }
    if (formula instanceof Formula.Modes modes) {
      return List.of(modes.label(), modes.reference());
    }
    if (formula instanceof Formula.Estimate estimate) {
      return estimate.operands();
    }
    if (formula instanceof Formula.StandardError error) {
      return List.of(error.body());
    }
    return formula instanceof Formula.On on ? List.of(on.body()) : List.of();
  }

  /** Whether the formula, or a part of it at any depth, is so. */
  public static boolean contains(Formula formula, Predicate<Formula> wanted) {
    return wanted.test(formula) || parts(formula).stream().anyMatch(part -> contains(part, wanted));
  }

  /** Whether a variable of this name occurs, be it on other data. */
  public static boolean reads(Formula formula, String variable) {
    return contains(
        formula, part -> part instanceof Formula.Variable v && v.name().equals(variable));
  }

  /** Whether this running index occurs free. */
  public static boolean readsIndex(Formula formula, String index) {
    if (formula instanceof Formula.RunningIndex running) {
      return running.name().equals(index);
    }
    if (formula instanceof Formula.SumOver sum && sum.index().name().equals(index)) {
      return false;
    }
    return parts(formula).stream().anyMatch(part -> readsIndex(part, index));
  }

  /**
   * Whether a reduction or softmax has to look at the validity of rows: it reads {@code log_w},
   * {@code log_p} or {@code u} per sample, not only as a reduction within.
   */
  public static boolean readsWeights(Formula reduction) {
    return parts(reduction).stream().anyMatch(Formulas::showsWeights);
  }

  private static boolean showsWeights(Formula formula) {
    if (formula instanceof Formula.Variable variable) {
      return WEIGHTS.contains(variable.name());
    }
    boolean closed =
        formula instanceof Formula.Reduce || formula instanceof Formula.On || isForMetrics(formula);
    return !closed && parts(formula).stream().anyMatch(Formulas::showsWeights);
  }

  /**
   * Whether the gradient in the flow's parameters can differ from zero: a path, not cut by {@code
   * stop}, a condition or a median, leads to {@code log_q} or {@code log_w}, or, where
   * configurations depend on the parameters, to {@code x}, {@code z}, {@code s}, {@code u} or
   * {@code log_p}. Other data never depend on them; their {@code log_q} does.
   */
  public static boolean dependsOnFlow(Formula formula, boolean gradientThroughX) {
    if (formula instanceof Formula.Variable variable) {
      return OF_THE_FLOW.contains(variable.name())
          || (gradientThroughX && OF_THE_CONFIGURATION.contains(variable.name()));
    }
    boolean through = gradientThroughX && !(formula instanceof Formula.On);
    return differentiable(formula).stream().anyMatch(part -> dependsOnFlow(part, through));
  }

  /**
   * Whether such a path leads to {@code u} itself: on data and on the model it moves what a flow
   * places by the energy, such as hydrogens; {@code log_p} and {@code log_w} do not.
   */
  public static boolean dependsOnEnergy(Formula formula) {
    if (formula instanceof Formula.Variable variable) {
      return variable.name().equals("u");
    }
    return !(formula instanceof Formula.On)
        && differentiable(formula).stream().anyMatch(Formulas::dependsOnEnergy);
  }

  /** Whether a formula is for metrics alone: an estimate, or something of other data. */
  public static boolean isOnlyMeasured(Formula formula) {
    return isForMetrics(formula) || formula instanceof Formula.On;
  }

  /** Counts and estimates: they have no gradient and no place in a graph. */
  private static boolean isForMetrics(Formula formula) {
    return formula instanceof Formula.Modes
        || formula instanceof Formula.Estimate
        || formula instanceof Formula.StandardError;
  }

  private static List<Formula> differentiable(Formula formula) {
    if (formula instanceof Formula.Stop || isForMetrics(formula)) {
      return List.of();
    }
    if (formula instanceof Formula.Apply apply) {
      if (apply.operation() == Operation.SELECT) {
        return apply.operands().subList(1, 3);
      }
      boolean flat = apply.operation().isPredicate() || apply.operation() == Operation.FLOOR;
      return flat ? List.of() : apply.operands();
    }
    if (formula instanceof Formula.Reduce reduce) {
      return reduce.reduction() == Reduction.MEDIAN ? List.of() : List.of(reduce.body());
    }
    return formula instanceof Formula.Element element ? List.of(element.vector()) : parts(formula);
  }

  /** The keys of all data that the formula looks at, in alphabetical order. */
  public static Set<String> dataKeys(Formula formula) {
    Set<String> keys = new TreeSet<>();
    collectKeys(formula, keys);
    return keys;
  }

  private static void collectKeys(Formula formula, Set<String> keys) {
    if (formula instanceof Formula.On on) {
      keys.add(on.data());
    }
    parts(formula).forEach(part -> collectKeys(part, keys));
  }

  /** The formula with operations on literals carried out, at any depth. */
  public static Formula fold(Formula formula) {
    Formula folded = rebuilt(formula, Formulas::fold);
    if (folded instanceof Formula.Apply apply
        && apply.operands().stream().allMatch(Formulas::isLiteral)) {
      double value = Interpreter.constant(apply);
      return apply.type().isTruth()
          ? new Formula.Truth(value != 0)
          : new Formula.Number(value, apply.type().dimension());
    }
    return folded;
  }

  /** The formula with a number for a variable, at any depth. */
  public static Formula with(Formula formula, String variable, double value) {
    return formula instanceof Formula.Variable v && v.name().equals(variable)
        ? new Formula.Number(value, v.type().dimension())
        : rebuilt(formula, part -> with(part, variable, value));
  }

  private static boolean isLiteral(Formula formula) {
    return formula instanceof Formula.Number || formula instanceof Formula.Truth;
  }

  /** The number that a formula of literals and these running indices is, if it is one. */
  public static Optional<Double> literal(Formula formula, Map<String, Double> indices) {
    boolean known =
        !contains(
            formula,
            part ->
                !isLiteral(part)
                    && !(part instanceof Formula.Apply)
                    && !(part instanceof Formula.RunningIndex i && indices.containsKey(i.name())));
    return known ? Optional.of(Interpreter.indexed(formula, indices)) : Optional.empty();
  }

  /**
   * An element of a variable or of a rotated vector; of anything else the same operation on
   * elements, as operations on vectors are elementwise.
   */
  public static Formula component(Formula.Element element) {
    Formula vector = element.vector();
    if (vector.type().extent() != Extent.VECTOR) {
      return vector;
    }
    if (vector instanceof Formula.Variable || vector instanceof Formula.Rotated) {
      return element;
    }
    if (vector instanceof Formula.SumOver) {
      throw new IllegalArgumentException("an element of a sum: write the sum of elements");
    }
    return rebuilt(
        vector, part -> component(new Formula.Element(part, element.index(), dimension(part))));
  }

  private static Dimension dimension(Formula formula) {
    return formula.type().dimension();
  }

  private static Formula rebuilt(Formula formula, UnaryOperator<Formula> change) {
    if (formula instanceof Formula.Element e) {
      return new Formula.Element(change.apply(e.vector()), change.apply(e.index()), e.dimension());
    }
    if (formula instanceof Formula.Rotated r) {
      return new Formula.Rotated(r.matrix(), change.apply(r.vector()));
    }
    if (formula instanceof Formula.Measured m) {
      return new Formula.Measured(m.measure(), change.apply(m.positions()), m.places(), m.count());
    }
    if (formula instanceof Formula.Apply a) {
      List<Formula> operands = a.operands().stream().map(change).toList();
      return new Formula.Apply(a.operation(), operands, applied(a, operands));
    }
    if (formula instanceof Formula.SumOver s) {
      return new Formula.SumOver(s.index(), s.from(), s.to(), change.apply(s.body()));
    }
    if (formula instanceof Formula.Reduce r) {
      return new Formula.Reduce(
          r.reduction(), change.apply(r.body()), r.where().map(change), r.dimension());
    }
    if (formula instanceof Formula.Softmax s) {
      return new Formula.Softmax(change.apply(s.body()));
    }
    if (formula instanceof Formula.Stop s) {
      return new Formula.Stop(change.apply(s.body()));
    }
    if (formula instanceof Formula.Modes m) {
      return new Formula.Modes(
          m.measure(), m.above(), change.apply(m.label()), change.apply(m.reference()));
    }
    if (formula instanceof Formula.Estimate e) {
      return new Formula.Estimate(e.estimator(), e.operands().stream().map(change).toList());
    }
    if (formula instanceof Formula.StandardError e) {
      return new Formula.StandardError(change.apply(e.body()));
    }
    return formula instanceof Formula.On on
        ? new Formula.On(on.data(), change.apply(on.body()))
        : formula;
  }

  /** The type with the extent of the new operands: elements of vectors are batches. */
  private static FormulaType applied(Formula.Apply apply, List<Formula> operands) {
    FormulaType type = apply.type();
    boolean vector = operands.stream().anyMatch(o -> o.type().extent() == Extent.VECTOR);
    return type.extent() == Extent.VECTOR && !vector
        ? new FormulaType(type.kind(), Extent.BATCH, type.dimension())
        : type;
  }
}

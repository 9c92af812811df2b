package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.ParameterType;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;
import org.flowexp.units.Units;

/** From a value to the Java object that a parameter reads back, or a diagnostic. */
final class Coercion {
  private final Elaboration elaboration;

  Coercion(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  private Optional<Object> wrong(Diagnostic diagnostic) {
    elaboration.diagnostics().add(diagnostic);
    return Optional.empty();
  }

  /**
   * @param field the name to speak of
   */
  Optional<Object> coerce(Value value, ParameterType type, String field, Span span) {
    if (value instanceof Value.Poison) {
      return Optional.empty();
    }
    if (type instanceof ParameterType.Real real) {
      return number(value, real.dimension(), field, span)
          .flatMap(v -> inRange(v, real, field, span));
    }
    if (type instanceof ParameterType.PaceOf) {
      return Paces.of(this, value, field, span);
    }
    if (type instanceof ParameterType.Whole whole) {
      return whole(value, whole, field, span);
    }
    if (type instanceof ParameterType.Text && value instanceof Value.Text text) {
      return Optional.of(text.text());
    }
    if (type instanceof ParameterType.Truth
        && value instanceof Value.Numeric number
        && number.formula() instanceof Formula.Truth truth) {
      return Optional.of(truth.value());
    }
    if (type instanceof ParameterType.Mask && value instanceof Value.Mask mask) {
      return Optional.of(mask.mask());
    }
    if (type instanceof ParameterType.PartOf wanted
        && value instanceof Value.Word word
        && word.definition().category() == wanted.category()
        && BareWords.standAlone(word.definition())) {
      return Optional.of(BareWords.part(word.definition()));
    }
    if (type instanceof ParameterType.PartOf wanted
        && value instanceof Value.Part part
        && part.part().definition().category() == wanted.category()) {
      return Optional.of(part.part());
    }
    if (type instanceof ParameterType.Wholes wholes && value instanceof Value.ListOf list) {
      return all(
          list, new ParameterType.Whole(Dimension.NONE, wholes.least(), wholes.most()), field);
    }
    if (type instanceof ParameterType.PartsOf parts && value instanceof Value.ListOf list) {
      return all(list, new ParameterType.PartOf(parts.category()), field);
    }
    if (type instanceof ParameterType.Between between
        && value instanceof Value.Pair pair
        && pair.sign().equals(between.sign())) {
      return interval(pair, between, field);
    }
    if (type instanceof ParameterType.Ramped ramped) {
      return ramp(value, ramped, field, span);
    }
    if (type instanceof ParameterType.Observable) {
      return Observables.of(elaboration, value, field, span);
    }
    if (type instanceof ParameterType.FormulaOf formula) {
      return formula(value, formula, field, span);
    }
    if (type instanceof ParameterType.Atoms atoms) {
      return new AtomLists(elaboration).of(value, atoms, field, span).map(Object.class::cast);
    }
    if (type.equals(ParameterType.Declared.TOPOLOGY) && value instanceof Value.Molecule molecule) {
      return Optional.of(molecule.compound());
    }
    if (type.equals(ParameterType.Declared.FORCE_FIELD)
        && value instanceof Value.ForceField forceField) {
      return Optional.of(forceField.name());
    }
    if (type.equals(ParameterType.Declared.SYSTEM) && value instanceof Value.Target system) {
      return Optional.of(system.model());
    }
    if (type.equals(ParameterType.Declared.INITIAL) && value instanceof Value.Text path) {
      return Optional.of(new Value.Initial(path.text(), false));
    }
    if (type.equals(ParameterType.Declared.ROWS) && value instanceof Value.Data data) {
      return Optional.of(data.source());
    }
    if (type instanceof ParameterType.Declared declared && fits(value, declared)) {
      return Optional.of(value);
    }
    Diagnostic mismatch =
        TypeErrors.mismatch("`" + field + "`", type.phrase(), value.phrase(), span);
    boolean one =
        (type instanceof ParameterType.Wholes && value instanceof Value.Numeric)
            || (type instanceof ParameterType.PartsOf && value instanceof Value.Part)
            || (type.equals(ParameterType.Declared.METRICS) && value instanceof Value.Numeric);
    if (one) {
      return wrong(mismatch.help("a list of one is `[" + span.text() + "]`"));
    }
    if (value instanceof Value.Word word) {
      return wrong(mismatch.help("write `" + written(word.definition()) + "`"));
    }
    return wrong(
        type instanceof ParameterType.Mask
            ? mismatch.help(
                "a coupling transforms the coordinates of its mask: `every(2)`, `coordinates(0..3)`,"
                    + " `not every(2)`")
            : mismatch);
  }

  /** {@code random_rotation(seed = …)}: a word with the arguments that it needs. */
  private static String written(Definition<?> word) {
    String arguments =
        word.parameters().stream()
            .filter(parameter -> parameter.fallback().isEmpty() && !parameter.optional())
            .map(parameter -> parameter.name() + " = …")
            .collect(Collectors.joining(", "));
    return switch (word.form()) {
      case FUNCTION -> word.name() + "(" + arguments + ")";
      case BLOCK -> word.name() + " { " + arguments + " }";
    };
  }

  private static boolean fits(Value value, ParameterType.Declared declared) {
    return (declared.equals(ParameterType.Declared.ARCHITECTURE) && value instanceof Value.Flow)
        || (declared.equals(ParameterType.Declared.SCHEDULE) && value instanceof Value.Schedule)
        || (declared.equals(ParameterType.Declared.DATA) && value instanceof Value.Data)
        || (declared.equals(ParameterType.Declared.INITIAL) && value instanceof Value.Initial)
        || (declared.equals(ParameterType.Declared.LOSS) && value instanceof Value.Loss)
        || (declared.equals(ParameterType.Declared.METRICS) && value instanceof Value.ListOf)
        || (declared.equals(ParameterType.Declared.ESTIMATES) && value instanceof Value.ListOf);
  }

  /** A number known before the run, in internal units. */
  Optional<Double> number(Value value, Dimension dimension, String field, Span span) {
    if (value instanceof Value.Poison) {
      return Optional.empty();
    }
    if (!(value instanceof Value.Numeric number) || number.formula().type().isTruth()) {
      wrong(TypeErrors.mismatch("`" + field + "`", "a number", value.phrase(), span));
      return Optional.empty();
    }
    if (!(number.formula() instanceof Formula.Number known)) {
      if (number.formula().type().extent() == Extent.SCALAR && isKnown(number.formula())) {
        return number(
            new Value.Numeric(
                new Formula.Number(
                    Interpreter.constant(number.formula()), number.formula().type().dimension())),
            dimension,
            field,
            span);
      }
      wrong(ValueErrors.notConstant("`" + field + "`", span));
      return Optional.empty();
    }
    if (!known.dimension().equals(dimension)) {
      wrong(TypeErrors.wrongDimension(field, dimension, known.dimension(), span));
      return Optional.empty();
    }
    if (Double.isNaN(known.value()) || Double.isInfinite(known.value())) {
      wrong(ValueErrors.notFinite(Double.toString(known.value()), span));
      return Optional.empty();
    }
    return Optional.of(known.value());
  }

  /** True if nothing of the run is in it. */
  static boolean isKnown(Formula formula) {
    if (formula instanceof Formula.Number
        || formula instanceof Formula.Truth
        || formula instanceof Formula.RunningIndex) {
      return true;
    }
    if (formula instanceof Formula.Apply apply) {
      return apply.operands().stream().allMatch(Coercion::isKnown);
    }
    return formula instanceof Formula.SumOver sum && isKnown(sum.body());
  }

  private Optional<Object> inRange(double value, ParameterType.Real real, String field, Span span) {
    boolean low = real.leastIncluded() ? value >= real.least() : value > real.least();
    return low && value <= real.most()
        ? Optional.of(value)
        : wrong(
            ValueErrors.outOfRange(
                field,
                real.phrase(),
                shown(value)
                    + Units.suggestion(real.dimension()).map(unit -> " " + unit).orElse(""),
                span));
  }

  private Optional<Object> whole(Value value, ParameterType.Whole type, String field, Span span) {
    Optional<Double> number = number(value, type.dimension(), field, span);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    double v = number.get();
    if (v != Math.rint(v) || Math.abs(v) > 1L << 53) {
      return wrong(ValueErrors.notWhole(field, shown(v), span));
    }
    return v >= type.least() && v <= type.most()
        ? Optional.of((long) v)
        : wrong(ValueErrors.outOfRange(field, type.phrase(), shown(v), span));
  }

  private Optional<Object> all(Value.ListOf list, ParameterType type, String field) {
    List<Object> elements = new ArrayList<>();
    boolean complete = true;
    for (Value.Placed element : list.elements()) {
      Optional<Object> one = coerce(element.value(), type, field, element.span());
      one.ifPresent(elements::add);
      complete &= one.isPresent();
    }
    return complete ? Optional.of(List.copyOf(elements)) : Optional.empty();
  }

  private Optional<Object> interval(Value.Pair pair, ParameterType.Between type, String field) {
    Optional<Double> from =
        number(pair.from().value(), type.dimension(), field, pair.from().span());
    Optional<Double> to = number(pair.to().value(), type.dimension(), field, pair.to().span());
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (type.sign().equals("..") && from.get() > to.get()) {
      return wrong(
          ValueErrors.emptyRange(
              pair.from().span().text(),
              pair.to().span().text(),
              pair.from().span().to(pair.to().span())));
    }
    return Optional.of(new Interval(from.get(), to.get()));
  }

  private Optional<Object> ramp(Value value, ParameterType.Ramped type, String field, Span span) {
    ParameterType.Real real =
        new ParameterType.Real(type.dimension(), type.least(), Double.POSITIVE_INFINITY, true);
    if (value instanceof Value.Part part
        && part.part().definition().category() == org.flowexp.catalog.Category.RAMP) {
      return Ramps.least(part.part()) < type.least()
          ? wrong(
              ValueErrors.outOfRange(
                  field, real.phrase(), "a ramp to " + shown(Ramps.least(part.part())), span))
          : Optional.of(part.part());
    }
    return number(value, type.dimension(), field, span)
        .flatMap(v -> inRange(v, real, field, span))
        .map(v -> Ramps.constant((Double) v));
  }

  private Optional<Object> formula(
      Value value, ParameterType.FormulaOf type, String field, Span span) {
    if (!(value instanceof Value.Numeric number) || number.formula().type().isTruth()) {
      return wrong(TypeErrors.mismatch("`" + field + "`", "a number", value.phrase(), span));
    }
    if (!number.formula().type().dimension().isNone()) {
      return wrong(
          TypeErrors.wrongDimension(
              field, Dimension.NONE, number.formula().type().dimension(), span));
    }
    if (type.perSample()) {
      return number.formula().type().extent() == Extent.BATCH
          ? Optional.of(number.formula())
          : wrong(
              number.formula().type().extent() == Extent.VECTOR
                  ? TypeErrors.vectorWherePerSample("`" + field + "`", span)
                  : TypeErrors.needsPerSample("`" + field + "`", span));
    }
    return number(value, Dimension.NONE, field, span)
        .map(v -> new Formula.Number(v, Dimension.NONE));
  }

  /** As a person writes it. */
  static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

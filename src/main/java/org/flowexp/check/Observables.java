package org.flowexp.check;

import java.util.Optional;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Measure;
import org.flowexp.model.FigureModel;
import org.flowexp.model.Observed;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;
import org.flowexp.units.Units;

/** Numbers per sample, and the axes of figures that they make. */
final class Observables {
  private static final String DEGREE = "deg";

  private Observables() {}

  /** Of any dimension; empty if the value is none, which is said. */
  static Optional<Object> of(Elaboration elaboration, Value value, String field, Span span) {
    Optional<Diagnostic> wrong = misfit(value, field, span);
    wrong.ifPresent(elaboration.diagnostics()::add);
    return wrong.isPresent()
        ? Optional.empty()
        : Optional.of(new Observed(span.text(), ((Value.Numeric) value).formula()));
  }

  private static Optional<Diagnostic> misfit(Value value, String field, Span span) {
    if (!(value instanceof Value.Numeric number)) {
      return Optional.of(
          TypeErrors.mismatch("`" + field + "`", "a number for each sample", value.phrase(), span));
    }
    if (number.formula().type().isTruth()) {
      return Optional.of(TypeErrors.truthWhereNumber(field, span));
    }
    return switch (number.formula().type().extent()) {
      case BATCH -> Optional.empty();
      case VECTOR -> Optional.of(TypeErrors.vectorWherePerSample("`" + field + "`", span));
      case SCALAR -> Optional.of(TypeErrors.needsPerSample("`" + field + "`", span));
    };
  }

  /** An angle that comes from a dihedral is a direction; one at an atom is from 0 to 180 deg. */
  static FigureModel.Axis axis(String name, Formula formula, int bins) {
    Dimension dimension = formula.type().dimension();
    if (!dimension.equals(Dimension.ANGLE)) {
      String unit = Units.suggestion(dimension).orElse("");
      return new FigureModel.Axis(name, unit, 1, false, bins, Optional.empty());
    }
    boolean periodic =
        Formulas.contains(
            formula, p -> p instanceof Formula.Measured m && m.measure() == Measure.DIHEDRAL);
    double degree = Units.find(DEGREE).orElseThrow().factor();
    Optional<FigureModel.Range> circle =
        Optional.of(new FigureModel.Range(-180 * degree, 180 * degree));
    return new FigureModel.Axis(
        name, DEGREE, degree, periodic, bins, periodic ? circle : Optional.empty());
  }
}

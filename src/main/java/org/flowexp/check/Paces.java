package org.flowexp.check;

import java.util.Optional;
import org.flowexp.catalog.Pace;
import org.flowexp.catalog.ParameterType;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;

/** A step of time, with a unit or without. */
final class Paces {
  private Paces() {}

  static Optional<Object> of(Coercion coercion, Value value, String field, Span span) {
    boolean bare =
        value instanceof Value.Numeric number && number.formula().type().dimension().isNone();
    ParameterType above =
        new ParameterType.Real(
            bare ? Dimension.NONE : Dimension.TIME, 0, Double.POSITIVE_INFINITY, false);
    return coercion
        .coerce(value, above, field, span)
        .map(number -> new Pace((Double) number, !bare));
  }
}

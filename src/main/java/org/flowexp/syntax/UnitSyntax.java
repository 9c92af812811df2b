package org.flowexp.syntax;

import java.util.List;
import org.flowexp.source.Span;

/**
 * A unit as written: {@code kJ/mol/nm^2} or {@code %}; a factor after a slash has a negative power.
 */
public record UnitSyntax(List<Factor> factors, Span span) {
  public UnitSyntax {
    factors = List.copyOf(factors);
  }

  public record Factor(Name symbol, int power) {}
}

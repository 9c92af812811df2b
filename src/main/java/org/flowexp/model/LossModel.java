package org.flowexp.model;

import java.util.List;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;

/**
 * A weighted sum of formulas, each over samples of its source; terms of one source share a batch.
 */
public record LossModel(String name, List<Term> terms) {
  public LossModel {
    terms = List.copyOf(terms);
  }

  /**
   * One formula with its weight.
   *
   * @param name the loss it was declared as, for messages and metrics
   * @param weight a ramp over the phase
   * @param formula one value without dimension
   */
  public record Term(String name, Part weight, Source source, Formula formula) {}

  public boolean reads(Source source) {
    return terms.stream().anyMatch(term -> term.source() == source);
  }
}

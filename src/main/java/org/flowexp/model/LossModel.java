package org.flowexp.model;

import java.util.ArrayList;
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

  /** What the terms are called apart: a loss may be a term twice, and is {@code kl_z#2} then. */
  public List<String> termNames() {
    List<String> names = new ArrayList<>();
    for (Term term : terms) {
      String name = term.name();
      for (int n = 2; names.contains(name); n++) {
        name = term.name() + "#" + n;
      }
      names.add(name);
    }
    return names;
  }

  public boolean reads(Source source) {
    return terms.stream().anyMatch(term -> term.source() == source);
  }
}

package org.flowexp.claim;

import java.util.Optional;

/**
 * An expectation or a claim, decided.
 *
 * @param title as written, or else the condition's text
 * @param explanation what was measured, without a full stop
 * @param evidence of a claim that was tested
 */
public record Verdict(
    String title, Outcome outcome, String explanation, Optional<Evidence> evidence) {
  /** Without a test. */
  public Verdict(String title, Outcome outcome, String explanation) {
    this(title, outcome, explanation, Optional.empty());
  }
}

package org.flowexp.claim;

/**
 * An expectation or a claim, decided.
 *
 * @param title as written, or else the condition's text
 * @param explanation what was measured, without a full stop
 */
public record Verdict(String title, Outcome outcome, String explanation) {}

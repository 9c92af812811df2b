package org.flowexp.run;

/**
 * Why a phase stopped before its end.
 *
 * @param phase its name
 * @param step of the phase, from 0
 * @param term of the loss
 * @param what was not finite
 */
public record Divergence(String phase, long step, String term, String what) {
  /** The same, in a phase called otherwise. */
  public Divergence of(String other) {
    return new Divergence(other, step, term, what);
  }

  /** One sentence. */
  public String message() {
    return "phase `%s` diverged in step %d: %s of `%s` is not finite"
        .formatted(phase, step, what, term);
  }
}

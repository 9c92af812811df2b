package org.flowexp.model;

/** The samples that a loss is an average over, and where its gradient flows. */
public enum Source {
  /** x from the phase's data. */
  DATA("data"),
  /** x drawn from the flow, no gradient through x. */
  MODEL("model"),
  /** x = G(z), gradient through x. */
  LATENT("latent");

  private final String word;

  Source(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}

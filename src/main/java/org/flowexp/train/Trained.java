package org.flowexp.train;

import java.util.Optional;
import org.flowexp.run.Divergence;

/** How a phase ended. */
public final class Trained {
  private final double[] parameters;
  private final long steps;
  private final long energyEvaluations;
  private final Optional<Divergence> divergence;

  Trained(
      double[] parameters, long steps, long energyEvaluations, Optional<Divergence> divergence) {
    this.parameters = parameters;
    this.steps = steps;
    this.energyEvaluations = energyEvaluations;
    this.divergence = divergence;
  }

  /** After the last step; after a divergence, the last that gave a finite loss. A copy. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** Steps done. */
  public long steps() {
    return steps;
  }

  /** Evaluations of u by the steps. */
  public long energyEvaluations() {
    return energyEvaluations;
  }

  /** There if the phase stopped before its end. */
  public Optional<Divergence> divergence() {
    return divergence;
  }
}

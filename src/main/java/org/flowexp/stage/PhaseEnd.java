package org.flowexp.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.train.Divergence;

/** What a phase gave: its parameters, and what happened on the way. */
public final class PhaseEnd {
  private final double[] parameters;
  private final List<RunEvent> events;
  private final Map<String, Double> metrics;
  private final long step;
  private final long energyEvaluations;
  private final Optional<Divergence> divergence;

  PhaseEnd(
      double[] parameters,
      List<RunEvent> events,
      Map<String, Double> metrics,
      long step,
      long energyEvaluations,
      Optional<Divergence> divergence) {
    this.parameters = parameters.clone();
    this.events = List.copyOf(events);
    this.metrics = Map.copyOf(metrics);
    this.step = step;
    this.energyEvaluations = energyEvaluations;
    this.divergence = divergence;
  }

  /** The last good ones. A copy. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** All events of the phase, in order, with the subject of the run that had them. */
  public List<RunEvent> events() {
    return events;
  }

  /** Of the last evaluation; empty if there was none. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /** Where the axis of steps stands. */
  public long step() {
    return step;
  }

  /** Evaluations of u by the steps and the evaluations of this phase. */
  public long energyEvaluations() {
    return energyEvaluations;
  }

  /** There if the phase stopped before its end. */
  public Optional<Divergence> divergence() {
    return divergence;
  }
}

package org.flowexp.execution;

import java.util.List;

/**
 * What a run of an experiment costs.
 *
 * @param buildSeconds of building the graph
 * @param nodes operations of the whole graph: all phases, drawing and evaluating
 * @param parameters numbers that are trained
 * @param samplesPerSecond draws from the flow with their density
 * @param energiesPerSecond energies of configurations
 */
public record ExperimentCost(
    double buildSeconds,
    int nodes,
    int parameters,
    double samplesPerSecond,
    double energiesPerSecond,
    List<PhaseCost> phases) {
  public ExperimentCost {
    phases = List.copyOf(phases);
  }
}

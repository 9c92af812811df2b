package org.flowexp.lower;

import java.util.List;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.model.ExperimentModel;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Variable;

/**
 * An experiment as a graph: its parameters, the training step of each phase, and the endpoints to
 * sample and to evaluate. The seed enters by what is fed only, so one program serves all seeds;
 * several sessions may run it at once, each with parameters of its own.
 */
public final class Program implements AutoCloseable {
  private final ExperimentModel experiment;
  private final GraphBuilder builder;
  private final ParameterLayout layout;
  private final Variable parameters;
  private final ReducedEnergy target;
  private final List<TrainingStep> phases;
  private final SampleEndpoint samples;
  private final DensityEndpoint density;

  Program(
      ExperimentModel experiment,
      GraphBuilder builder,
      ParameterLayout layout,
      Variable parameters,
      ReducedEnergy target,
      List<TrainingStep> phases,
      SampleEndpoint samples,
      DensityEndpoint density) {
    this.experiment = experiment;
    this.builder = builder;
    this.layout = layout;
    this.parameters = parameters;
    this.target = target;
    this.phases = List.copyOf(phases);
    this.samples = samples;
    this.density = density;
  }

  /** What it was made from. */
  public ExperimentModel experiment() {
    return experiment;
  }

  /** The graph; sessions are opened on it and closed before it. */
  public GraphBuilder builder() {
    return builder;
  }

  /** How the parameters lie in their vector. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The flat vector of parameters; assign it before anything else is run. */
  public Variable parameters() {
    return parameters;
  }

  /** Start values, a function of the seed. */
  public double[] initial(long seed) {
    return layout.initial(seed);
  }

  /** The target. */
  public ReducedEnergy target() {
    return target;
  }

  /** The training step of each phase, in order. */
  public List<TrainingStep> phases() {
    return phases;
  }

  /** Draws from the flow. */
  public SampleEndpoint samples() {
    return samples;
  }

  /** Evaluates densities and energies at given configurations. */
  public DensityEndpoint density() {
    return density;
  }

  @Override
  public void close() {
    builder.close();
  }
}

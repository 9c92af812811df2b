package org.flowexp.lower;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.density.BaseDensity;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.FormulaEnergy;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.flow.Chain;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.SystemModel;
import org.flowexp.objective.Objective;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.Variable;

/** From a model to a graph. */
public final class Lowering {
  private Lowering() {}

  /** Builds the graph of an experiment; the caller closes it. */
  public static Program lower(ExperimentModel experiment, Precision precision) {
    GraphBuilder g = new GraphBuilder(precision);
    ParameterLayout layout = new ParameterLayout();
    Pushforward flow = flow(layout, experiment.architecture());
    ReducedEnergy target = target(experiment.system());
    Variable theta = new Variable(g, "parameters", layout.size());
    Parameters parameters = new Parameters(g, layout, theta.value());
    List<TrainingStep> phases = new ArrayList<>();
    for (PhaseModel phase : experiment.phases()) {
      var objective =
          new Objective(parameters, flow, target, phase.loss(), Math.toIntExact(phase.batch()));
      phases.add(new TrainingStep(phase, "phase" + phases.size(), objective, theta, parameters));
    }
    return new Program(
        experiment,
        g,
        layout,
        theta,
        target,
        phases,
        new SampleEndpoint(parameters, flow, target),
        new DensityEndpoint(parameters, flow, target));
  }

  /** The target of a system. */
  public static ReducedEnergy target(SystemModel system) {
    return new FormulaEnergy(system.dim(), system.rotation(), system.energy());
  }

  private static Pushforward flow(ParameterLayout layout, ArchitectureModel architecture) {
    return new Pushforward(
        architecture.base().create(BaseDensity.class),
        new Chain(FlowLayout.layers(layout, architecture)));
  }
}

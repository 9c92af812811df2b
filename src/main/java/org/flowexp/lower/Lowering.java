package org.flowexp.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.flowexp.data.Samples;
import org.flowexp.density.BaseDensity;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.FormulaEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.flow.Chain;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.SystemModel;
import org.flowexp.objective.Objective;
import org.flowexp.system.MolecularTargets;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.Variable;

/** From a model to a graph. */
public final class Lowering {
  private Lowering() {}

  /** Builds the graph of an experiment whose layers learn nothing from data. */
  public static Program lower(ExperimentModel experiment, Precision precision) {
    return lower(
        experiment,
        precision,
        source -> {
          throw new IllegalArgumentException("a layer needs data");
        });
  }

  /**
   * Builds the graph of an experiment; the caller closes it.
   *
   * @param data the rows of {@link ArchitectureModel#bakedIn}
   */
  public static Program lower(
      ExperimentModel experiment, Precision precision, Function<DataSource, Samples> data) {
    GraphBuilder g = new GraphBuilder(precision);
    ParameterLayout layout = new ParameterLayout();
    Pushforward flow = flow(layout, experiment.architecture(), data);
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
    if (system instanceof SystemModel.Molecular molecule) {
      return molecular(molecule);
    }
    SystemModel.Analytic analytic = (SystemModel.Analytic) system;
    return new FormulaEnergy(analytic.dim(), analytic.rotation(), analytic.energy());
  }

  /** The target of a molecule, which has terms. */
  public static MolecularTarget molecular(SystemModel.Molecular molecule) {
    return MolecularTargets.of(
        molecule.compound(), molecule.temperature(), molecule.clamp(), molecule.pose());
  }

  /** The flow, whose layers claim their parameters. */
  static Pushforward flow(
      ParameterLayout layout, ArchitectureModel architecture, Function<DataSource, Samples> data) {
    BaseDensity base = architecture.base().create(BaseDensity.class);
    return new Pushforward(
        base,
        new Chain(FlowLayout.layers(layout, architecture, source -> rows(data.apply(source)))));
  }

  private static double[][] rows(Samples samples) {
    double[][] rows = new double[samples.count()][];
    Arrays.setAll(rows, i -> samples.rows(new int[] {i}));
    return rows;
  }
}

package org.flowexp.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flowexp.catalog.Part;
import org.flowexp.model.LossModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.objective.Objective;
import org.flowexp.optimizer.Adam;
import org.flowexp.optimizer.OptimizerSettings;
import org.flowexp.optimizer.Ramp;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Variable;
import org.flowexp.tensor.Work;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** One phase in the graph: its loss, its gradient and the step of its optimizer. */
public final class TrainingStep {
  /** The names of the first entries of {@link #report}. */
  public static final String LOSS = "loss";

  /** The norm of the gradient before clipping. */
  public static final String GRADIENT_NORM = "gradient_norm";

  private final PhaseModel phase;
  private final Objective objective;
  private final Adam adam;
  private final Ramp learningRate;
  private final List<Ramp> weights;
  private final List<String> reported = new ArrayList<>();
  private final Operand<TFloating> report;

  TrainingStep(
      PhaseModel phase, String name, Objective objective, Variable theta, Parameters parameters) {
    this.phase = phase;
    this.objective = objective;
    GraphBuilder g = parameters.builder();
    OptimizerSettings settings = phase.optimizer().create(OptimizerSettings.class);
    this.learningRate = settings.learningRate();
    this.weights =
        Stream.concat(
                phase.loss().terms().stream().map(LossModel.Term::weight), Stream.of(phase.beta()))
            .map((Part weight) -> weight.create(Ramp.class))
            .toList();
    this.adam =
        new Adam(
            g, name, theta, Gradients.of(g, objective.total(), parameters.flat()), settings.adam());
    Map<String, Operand<TFloating>> values = new LinkedHashMap<>();
    values.put(LOSS, objective.total());
    values.put(GRADIENT_NORM, adam.gradientNorm());
    objective.terms().forEach((term, value) -> values.put(LOSS + "/" + term, value));
    values.putAll(objective.statistics());
    this.reported.addAll(values.keySet());
    this.report = g.tf().stack(List.copyOf(values.values()));
  }

  /** What the phase asks for. */
  public PhaseModel phase() {
    return phase;
  }

  /** Its loss. */
  public Objective objective() {
    return objective;
  }

  /** Its optimizer. */
  public Adam adam() {
    return adam;
  }

  /** The learning rate of a step, from 0. */
  public double learningRate(long step) {
    return learningRate.at(step, phase.steps());
  }

  /** The weight of each term in a step, from 0, and then beta. */
  public double[] weights(long step) {
    return weights.stream().mapToDouble(weight -> weight.at(step, phase.steps())).toArray();
  }

  /** Names of the entries of {@link #report}: loss, norm, each term, statistics. */
  public List<String> reported() {
    return List.copyOf(reported);
  }

  /** What a step has to do. */
  public Work work() {
    return Work.of(List.of(report, adam.update()));
  }

  /** Evaluations of u in a step. */
  public long energyEvaluations() {
    return objective.energyEvaluations();
  }

  /** Names of the terms of the loss, joined. */
  public String loss() {
    return String.join(" + ", objective.termNames());
  }

  /** What a step is watched by, [reported], of the parameters before the step. */
  public Operand<TFloating> report() {
    return report;
  }
}

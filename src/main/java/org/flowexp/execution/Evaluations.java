package org.flowexp.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowexp.evaluate.Evaluation;
import org.flowexp.model.ExperimentModel;
import org.flowexp.run.Figure;
import org.flowexp.stage.Drawn;
import org.flowexp.stage.Measured;
import org.flowexp.stage.StageKeys;
import org.flowexp.stage.StageStore;
import org.tensorflow.Session;

/** The evaluations of one arm, each a stage. */
final class Evaluations {
  private final ExperimentModel experiment;
  private final StageKeys keys;
  private final StageStore store;
  private final Supplier<Opened> opened;
  private final Supplier<Evaluation> evaluation;
  private long energyEvaluations;

  /**
   * @param opened the graph, if one is needed
   */
  Evaluations(
      ExperimentModel experiment,
      StageKeys keys,
      StageStore store,
      Supplier<Opened> opened,
      Supplier<Evaluation> evaluation) {
    this.experiment = experiment;
    this.keys = keys;
    this.store = store;
    this.opened = opened;
    this.evaluation = evaluation;
  }

  /** Whether a step on the way through a phase is one to evaluate; its end always is. */
  boolean isDue(long step) {
    return experiment.evaluateEvery() > 0 && step % experiment.evaluateEvery() == 0;
  }

  boolean isKnown(int number, long step) {
    return store.holds(keys.evaluation(experiment, number, step));
  }

  /** The metrics after a step, with the parameters the session holds. */
  Map<String, Double> here(int number, long step) {
    return at(number, step, session -> {});
  }

  /** The metrics after a step, with these parameters. */
  Map<String, Double> of(int number, long step, Supplier<double[]> parameters) {
    return at(
        number,
        step,
        session -> opened.get().program().parameters().assign(session, parameters.get()));
  }

  private Map<String, Double> at(int number, long step, Consumer<Session> prepared) {
    Measured measured =
        store
            .get(
                keys.evaluation(experiment, number, step),
                () -> {
                  Session session = opened.get().session();
                  prepared.accept(session);
                  Evaluation now = evaluation.get();
                  return Measured.of(
                      experiment.metrics(),
                      now.at(session, experiment.seed(), step),
                      now.energyEvaluations());
                })
            .value();
    energyEvaluations += measured.energyEvaluations();
    return measured.named(experiment.metrics());
  }

  /** The figures after the last step; none if the experiment draws none. */
  List<Figure> figures(long step, Supplier<double[]> parameters) {
    if (experiment.figures().isEmpty()) {
      return List.of();
    }
    Drawn drawn =
        store
            .get(
                keys.figures(experiment, step),
                () -> {
                  Opened graph = opened.get();
                  graph.program().parameters().assign(graph.session(), parameters.get());
                  return new Drawn(
                      evaluation.get().figures(graph.session(), experiment.seed(), step),
                      Evaluation.energyEvaluationsOfFigures(experiment));
                })
            .value();
    energyEvaluations += drawn.energyEvaluations();
    return drawn.figures();
  }

  long energyEvaluations() {
    return energyEvaluations;
  }

  /** The parameters that are needed of a phase to evaluate it on the way, if they are missing. */
  Optional<Long> missing(int number, long from, long to, java.util.Set<Long> snapshots) {
    for (long step = from + 1; step < to; step++) {
      if (isDue(step) && !snapshots.contains(step) && !isKnown(number, step)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }
}

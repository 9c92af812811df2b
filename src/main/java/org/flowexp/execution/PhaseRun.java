package org.flowexp.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.data.Samples;
import org.flowexp.evaluate.Evaluation;
import org.flowexp.lower.Program;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.train.Trained;
import org.flowexp.train.Trainer;
import org.flowexp.train.TrainingObserver;
import org.tensorflow.Session;

/** Trains one phase, evaluates on the way, tells the listener and keeps what it told. */
final class PhaseRun implements TrainingObserver {
  private final ExperimentModel experiment;
  private final PhaseModel phase;
  private final int number;
  private final String subject;
  private final Evaluation evaluation;
  private final Session session;
  private final RunListener listener;
  private final long firstStep;
  private final List<RunEvent> events = new ArrayList<>();
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private long evaluations;

  PhaseRun(
      Program program,
      Session session,
      int number,
      String subject,
      Evaluation evaluation,
      RunListener listener) {
    this.experiment = program.experiment();
    this.phase = experiment.phases().get(number);
    this.number = number;
    this.subject = subject;
    this.evaluation = evaluation;
    this.session = session;
    this.listener = listener;
    this.firstStep =
        experiment.phases().subList(0, number).stream().mapToLong(PhaseModel::steps).sum();
  }

  PhaseEnd run(Program program, double[] start, Optional<Samples> data) {
    tell(new RunEvent.PhaseStarted(subject, phase.name(), phase.steps()));
    Trained trained =
        new Trainer(program, session, experiment.seed(), number, data, firstStep, this)
            .train(start);
    return new PhaseEnd(
        trained.parameters(),
        events,
        metrics,
        firstStep + trained.steps(),
        trained.energyEvaluations() + evaluations * evaluation.energyEvaluations(),
        trained.divergence());
  }

  @Override
  public void logged(long step, Map<String, Double> values) {
    tell(new RunEvent.StepLogged(subject, phase.name(), step, values));
  }

  @Override
  public void stepped(long step) {
    boolean due = experiment.evaluateEvery() > 0 && step % experiment.evaluateEvery() == 0;
    if (due || step == firstStep + phase.steps()) {
      evaluations++;
      metrics.clear();
      metrics.putAll(evaluation.at(session, experiment.seed(), step));
      tell(new RunEvent.Evaluated(subject, phase.name(), step, metrics));
    }
  }

  private void tell(RunEvent event) {
    events.add(event);
    listener.accept(event);
  }
}

package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Formulas;
import org.flowexp.model.DataSource;
import org.flowexp.model.LossModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.Source;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Field;

/** From the phases of a schedule to their models: data, loss, and what data_free promises. */
final class PhaseCheck {
  private final Elaboration elaboration;
  private final Scope scope;

  PhaseCheck(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  /** All phases, if none has a mistake; against a system where it is known. */
  Optional<List<PhaseModel>> all(Declaration.Schedule schedule, Optional<SystemModel> system) {
    List<PhaseModel> phases = new ArrayList<>();
    List<Declaration.Phase> written = new Inheritance(elaboration).phases(schedule);
    if (written.isEmpty() && schedule.parent().isEmpty()) {
      elaboration
          .diagnostics()
          .add(CompositionErrors.noPhase(schedule.name().text(), schedule.name().span()));
      return Optional.empty();
    }
    for (Declaration.Phase phase : written) {
      phase(phase, system).ifPresent(phases::add);
    }
    return phases.size() == written.size() ? Optional.of(phases) : Optional.empty();
  }

  private Optional<PhaseModel> phase(Declaration.Phase phase, Optional<SystemModel> system) {
    String name = phase.name().text();
    List<Field> fields = phase.block().fields();
    Optional<Arguments> checked =
        new PartCheck(elaboration, scope).fields(Blocks.PHASE, fields, phase.name().span());
    if (checked.isEmpty()) {
      return Optional.empty();
    }
    Arguments arguments = checked.get();
    Value.Loss loss = arguments.get(Blocks.MINIMIZE);
    Optional<Value.Data> data = arguments.find(Blocks.DATA);
    Span minimize = ExperimentCheck.spanOf(fields, "minimize");
    Optional<Value.Term> onData =
        loss.terms().stream().filter(t -> t.source() == Source.DATA).findFirst();
    boolean good = true;
    if (phase.dataFree().isPresent()) {
      if (onData.isPresent()) {
        elaboration
            .diagnostics()
            .add(
                CompositionErrors.reachesData(
                    onData.get().name(),
                    onData.get().declared().place(),
                    minimize,
                    phase.dataFree().get()));
        good = false;
      } else if (data.isPresent()) {
        elaboration
            .diagnostics()
            .add(
                CompositionErrors.dataInDataFree(
                    name, ExperimentCheck.spanOf(fields, "data"), phase.dataFree().get()));
        good = false;
      }
    } else if (onData.isPresent() && data.isEmpty()) {
      elaboration
          .diagnostics()
          .add(
              CompositionErrors.phaseNeedsData(
                  name, onData.get().name(), onData.get().declared().place(), minimize));
      good = false;
    }
    if (data.isPresent()
        && system.isPresent()
        && data.get().source().dim() != system.get().width()) {
      elaboration
          .diagnostics()
          .add(
              CompositionErrors.dataOfOtherSystem(
                  "the data",
                  data.get().source().dim(),
                  system.get().width(),
                  ExperimentCheck.spanOf(fields, "data")));
      good = false;
    }
    if (system.isPresent()) {
      good &= suits(loss, system.get(), minimize);
    }
    if (!good) {
      return Optional.empty();
    }
    LossModel model =
        new LossModel(
            loss.name(),
            loss.terms().stream()
                .map(t -> new LossModel.Term(t.name(), t.weight(), t.source(), t.formula()))
                .toList());
    return Optional.of(
        new PhaseModel(
            name,
            phase.dataFree().isPresent(),
            onData.isPresent() ? data.map(d -> inPlace(d.source(), system)) : Optional.empty(),
            model,
            arguments.get(Blocks.BETA),
            arguments.get(Blocks.STEPS),
            arguments.get(Blocks.BATCH),
            arguments.get(Blocks.OPTIMIZER)));
  }

  private static DataSource inPlace(DataSource source, Optional<SystemModel> system) {
    return system.map(s -> Posing.into(s, source)).orElse(source);
  }

  private boolean suits(Value.Loss loss, SystemModel system, Span minimize) {
    MoleculeFit.clamp(system, loss, minimize).ifPresent(elaboration.diagnostics()::add);
    Optional<Diagnostic> stranger =
        loss.terms().stream()
            .flatMap(
                term ->
                    MoleculeFit.measures(
                        term.formula(), system.width(), "`" + term.name() + "`", minimize)
                        .stream())
            .findFirst();
    stranger.ifPresent(elaboration.diagnostics()::add);
    boolean inside = true;
    for (Value.Term term : loss.terms()) {
      if (term.source() != Source.LATENT
          && !system.isCompleted()
          && !Formulas.dependsOnFlow(term.formula(), false)) {
        elaboration
            .diagnostics()
            .add(
                TypeErrors.lossOfFixedEnergy(
                    term.name(), term.source().word(), system.name(), minimize, term.declared()));
        inside = false;
      }
      Optional<Long> beyond = CoordinateRange.beyond(term.formula(), system.width());
      if (beyond.isPresent()) {
        elaboration
            .diagnostics()
            .add(CompositionErrors.noCoordinate(beyond.get(), system, minimize, term.declared()));
        inside = false;
      }
    }
    return inside && stranger.isEmpty();
  }
}

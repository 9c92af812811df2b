package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.FiguresModel;
import org.flowexp.model.Generators;
import org.flowexp.model.InitialModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;

/** From an experiment, under one choice of params, to its model. */
final class ExperimentCheck {
  private final Elaboration elaboration;
  private final Scope scope;

  ExperimentCheck(Elaboration elaboration) {
    this.elaboration = elaboration;
    this.scope = Scope.of(elaboration.main(), Scope.Site.PLAIN);
  }

  Optional<ExperimentModel> check(Declaration.Experiment experiment, Map<String, String> params) {
    Inheritance inheritance = new Inheritance(elaboration);
    List<Field> fields = inheritance.fields(experiment);
    if (inheritance.isBroken()) {
      new PartCheck(elaboration, scope).present(Blocks.EXPERIMENT, fields);
      return Optional.empty();
    }
    Optional<Arguments> checked =
        new PartCheck(elaboration, scope)
            .fields(Blocks.EXPERIMENT, fields, experiment.name().span());
    Optional<Value.Schedule> schedule = checked.map(a -> a.get(Blocks.SCHEDULE));
    if (checked.isEmpty()) {
      phasesAlone(fields);
      return Optional.empty();
    }
    Arguments arguments = checked.get();
    SystemModel system = arguments.get(Blocks.SYSTEM);
    MoleculeFit.pose(system, spanOf(fields, "system")).ifPresent(elaboration.diagnostics()::add);
    Optional<ArchitectureModel> architecture =
        architecture(arguments.get(Blocks.ARCHITECTURE), system, fields);
    Optional<List<PhaseModel>> phases =
        new PhaseCheck(elaboration, scope)
            .all(schedule.orElseThrow().declaration(), Optional.of(system));
    Optional<List<MetricModel>> metrics = metrics(arguments.get(Blocks.METRICS), system);
    if (architecture.isEmpty() || phases.isEmpty() || metrics.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value.Initial> start = arguments.find(Blocks.INITIAL);
    Optional<InitialModel> initial = start.flatMap(s -> initial(s, architecture.get(), fields));
    Optional<FiguresModel> figures =
        new FigureCheck(elaboration, this).all(arguments, fields, system);
    if ((start.isPresent() && initial.isEmpty()) || figures.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> tracked =
        arguments.find(Blocks.TRACK).map(t -> (String) t.arguments().values().get("experiment"));
    return Optional.of(
        new ExperimentModel(
            experiment.name().text(),
            system,
            architecture.get(),
            phases.get(),
            arguments.get(Blocks.SEED),
            metrics.get(),
            arguments.find(Blocks.EVALUATE_EVERY).orElse(0L),
            arguments.get(Blocks.EVALUATE_ON),
            tracked,
            params,
            initial,
            figures.get()));
  }

  private Optional<InitialModel> initial(
      Value.Initial start, ArchitectureModel architecture, List<Field> fields) {
    Span span = spanOf(fields, "initial");
    Generators known = elaboration.main().generators();
    Generators.Found found =
        start.isRun()
            ? known.run(start.reference())
            : known.checkpoint(
                elaboration.main().document().file().folder().resolve(start.reference()));
    if (found instanceof Generators.Missing missing) {
      elaboration.diagnostics().add(CompositionErrors.initialMissing(missing, span));
      return Optional.empty();
    }
    Generators.Generator generator = (Generators.Generator) found;
    String wanted = Canonical.of(architecture);
    if (!generator.architecture().equals(wanted)) {
      elaboration
          .diagnostics()
          .add(
              CompositionErrors.initialDiffers(
                  generator.architecture(), wanted, span, spanOf(fields, "architecture")));
      return Optional.empty();
    }
    return Optional.of(generator.initial());
  }

  static Span spanOf(List<Field> fields, String name) {
    return fields.stream()
        .filter(f -> f.name().text().equals(name))
        .map(f -> f.value().span())
        .findFirst()
        .orElseThrow();
  }

  private Optional<ArchitectureModel> architecture(
      Value.Flow flow, SystemModel system, List<Field> fields) {
    Span span = spanOf(fields, "architecture");
    if (flow.base().isEmpty()) {
      elaboration.diagnostics().add(CompositionErrors.noBase(span));
      return Optional.empty();
    }
    JointCheck joints = new JointCheck(elaboration, span);
    Optional<CoordinateKinds> latents = joints.base(flow.base().get());
    if (latents.isEmpty()) {
      return Optional.empty();
    }
    int dim = latents.get().dim();
    if (dim != system.dim()) {
      elaboration
          .diagnostics()
          .add(
              CompositionErrors.dimensionMismatch(
                  spanOf(fields, "system").text(),
                  dim,
                  system.dim(),
                  span,
                  spanOf(fields, "system")));
      return Optional.empty();
    }
    Optional<CoordinateKinds> made = joints.fits(latents.get(), flow);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    if (made.get().dim() != system.width()) {
      elaboration
          .diagnostics()
          .add(
              MoleculeErrors.notPositions(
                  spanOf(fields, "system").text(),
                  made.get().dim(),
                  system.width(),
                  span,
                  spanOf(fields, "system")));
      return Optional.empty();
    }
    return Optional.of(
        new ArchitectureModel(
            span.text(),
            flow.base().get().part(),
            flow.layers().stream().map(layer -> Posing.into(system, layer.part())).toList(),
            dim));
  }

  /** A mistake in another field of the experiment is no reason to leave its phases unread. */
  private void phasesAlone(List<Field> fields) {
    for (Field field : fields) {
      if (field.name().text().equals("schedule")
          && elaboration.evaluate(field.value(), scope) instanceof Value.Schedule schedule) {
        new PhaseCheck(elaboration, scope).all(schedule.declaration(), Optional.empty());
      }
    }
  }

  Optional<List<MetricModel>> metrics(Value.ListOf list, SystemModel system) {
    List<MetricModel> metrics = new ArrayList<>();
    Map<String, Span> met = new HashMap<>();
    for (Value.Placed element : list.elements()) {
      String name = element.span().text();
      Span first = met.putIfAbsent(name, element.span());
      if (first != null) {
        elaboration.diagnostics().add(ValueErrors.fieldTwice(name, element.span(), first));
        return Optional.empty();
      }
      if (element.value() instanceof Value.Numeric number) {
        Optional<Diagnostic> misfit = misfit(number.formula(), element.span(), system);
        if (misfit.isPresent()) {
          elaboration.diagnostics().add(misfit.get());
          return Optional.empty();
        }
        Map<String, DataSource> data = new HashMap<>();
        for (String key : Formulas.dataKeys(number.formula())) {
          Value.Data source = elaboration.metricData().get(key);
          if (source.source().dim() != system.width()) {
            elaboration
                .diagnostics()
                .add(
                    CompositionErrors.dataOfOtherSystem(
                        "the metric's data",
                        source.source().dim(),
                        system.width(),
                        element.span()));
            return Optional.empty();
          }
          data.put(key, Posing.into(system, source.source()));
        }
        Optional<Diagnostic> stranger =
            MoleculeFit.measures(number.formula(), system.width(), "this metric", element.span());
        if (stranger.isPresent()) {
          elaboration.diagnostics().add(stranger.get());
          return Optional.empty();
        }
        metrics.add(
            new MetricModel(
                element.span().text(), ThermalEnergy.of(system, number.formula()), data));
      } else if (element.value() instanceof Value.Poison) {
        return Optional.empty();
      } else {
        elaboration
            .diagnostics()
            .add(
                TypeErrors.mismatch(
                    "`metrics`", "metrics", element.value().phrase(), element.span()));
        return Optional.empty();
      }
    }
    return Optional.of(metrics);
  }

  /** Why this is no metric of the system. */
  private static Optional<Diagnostic> misfit(Formula formula, Span span, SystemModel system) {
    if (formula.type().isTruth() && formula.type().extent() == Extent.SCALAR) {
      return Optional.of(TypeErrors.truthWhereNumber("metrics", span));
    }
    if (formula.type().extent() != Extent.SCALAR) {
      return Optional.of(TypeErrors.oneValuePerSample("a metric", span));
    }
    return CoordinateRange.beyond(formula, system.width())
        .map(index -> CompositionErrors.noCoordinate(index, system, span, span));
  }

  /** The name of the param that is the experiment's seed, if it is one. */
  static Optional<String> seedParam(List<Field> fields) {
    return fields.stream()
        .filter(f -> f.name().text().equals("seed"))
        .map(Field::value)
        .filter(Expression.Reference.class::isInstance)
        .map(e -> ((Expression.Reference) e).name().text())
        .findFirst();
  }
}

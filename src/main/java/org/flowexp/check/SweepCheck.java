package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.expression.Formula;
import org.flowexp.model.Comparisons;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.units.Dimension;

/** From a sweep (or an experiment by itself) to its arms and verdicts. */
final class SweepCheck {
  private static final long MOST_ARMS = 10_000;

  private final FileScope file;
  private final Map<String, Expression> params;
  private final Map<String, Declaration.Axis> replaced;
  private final Diagnostics diagnostics;
  private final Elaboration base;

  /**
   * @param params chosen on the command line or by the profile
   * @param replaced axes that the profile replaces, by {@code sweep.param}
   */
  SweepCheck(
      FileScope file,
      Map<String, Expression> params,
      Map<String, Declaration.Axis> replaced,
      Diagnostics diagnostics) {
    this.file = file;
    this.params = Map.copyOf(params);
    this.replaced = Map.copyOf(replaced);
    this.diagnostics = diagnostics;
    this.base = new Elaboration(file, params, new Elaboration.Shared(Set.of()), diagnostics);
  }

  Optional<SweepModel> experiment(Declaration.Experiment experiment) {
    return model(experiment.name().text(), false, experiment, List.of(), experiment.checks());
  }

  Optional<SweepModel> sweep(Declaration.Sweep sweep, Choices choices) {
    file.use(sweep.of().text());
    Optional<Declaration.Experiment> experiment =
        file.declaration(sweep.of().text())
            .filter(Declaration.Experiment.class::isInstance)
            .map(Declaration.Experiment.class::cast);
    if (experiment.isEmpty() && file.isMissing(sweep.of().text())) {
      return Optional.empty();
    }
    if (experiment.isEmpty()) {
      diagnostics.add(
          NameErrors.unknownDeclaration(
              "experiment",
              sweep.of(),
              file,
              Elaboration.namesOf(file.declarations(Declaration.Experiment.class))));
      return Optional.empty();
    }
    Map<String, Declaration.Axis> met = new HashMap<>();
    for (Declaration.Axis axis : sweep.axes()) {
      String param = axis.param().text();
      Declaration.Axis first = met.putIfAbsent(param, axis);
      if (first != null) {
        diagnostics.add(ValueErrors.fieldTwice(param, axis.param().span(), first.param().span()));
        return Optional.empty();
      }
      if (file.declaration(param).filter(Declaration.Param.class::isInstance).isEmpty()) {
        if (file.isMissing(param)) {
          return Optional.empty();
        }
        diagnostics.add(
            NameErrors.notAParam(
                param,
                axis.param().span(),
                Elaboration.namesOf(file.declarations(Declaration.Param.class))));
        return Optional.empty();
      }
      file.use(param);
      choices.settings().stream()
          .filter(s -> s.name().text().equals(param))
          .forEach(
              s -> diagnostics.add(NameErrors.setButSwept(param, s.span(), axis.param().span())));
    }
    List<Declaration.Check> checks = new ArrayList<>(experiment.get().checks());
    checks.addAll(sweep.checks());
    return model(sweep.name().text(), true, experiment.get(), sweep.axes(), checks);
  }

  private Optional<SweepModel> model(
      String name,
      boolean declared,
      Declaration.Experiment experiment,
      List<Declaration.Axis> written,
      List<Declaration.Check> checks) {
    List<Field> fields = new Inheritance(base).fields(experiment);
    Optional<String> seed = ExperimentCheck.seedParam(fields);
    Map<String, Map<String, Expression>> values = new LinkedHashMap<>();
    List<SweepModel.Axis> axes = new ArrayList<>();
    List<SweepModel.Axis> full = new ArrayList<>();
    for (Declaration.Axis axis : written) {
      String param = axis.param().text();
      boolean seeds = seed.filter(param::equals).isPresent();
      Map<String, Expression> all = new AxisValues(base).of(axis.values());
      // Also the arms that a profile leaves out use what they name.
      AxisValues.references(axis.values()).forEach(file::use);
      Declaration.Axis other = replaced.get(name + "." + param);
      Map<String, Expression> now = other == null ? all : new AxisValues(base).of(other.values());
      values.put(param, now);
      axes.add(new SweepModel.Axis(param, List.copyOf(now.keySet()), seeds));
      full.add(new SweepModel.Axis(param, List.copyOf(all.keySet()), seeds));
    }
    double count = axes.stream().mapToDouble(a -> a.values().size()).reduce(1, (a, b) -> a * b);
    if (count > MOST_ARMS) {
      diagnostics.add(
          ValueErrors.tooManyArms(
              count, MOST_ARMS, written.get(0).span().to(written.get(written.size() - 1).span())));
      return Optional.empty();
    }
    List<SweepModel.Arm> arms = new ArrayList<>();
    boolean complete = true;
    Elaboration.Shared shared = new Elaboration.Shared(values.keySet());
    for (Map<String, String> arm : product(axes)) {
      Map<String, Expression> chosen = new HashMap<>(params);
      arm.forEach((param, value) -> chosen.put(param, values.get(param).get(value)));
      Elaboration elaboration = new Elaboration(file, chosen, shared, diagnostics);
      Optional<ExperimentModel> model =
          new ExperimentCheck(elaboration).check(experiment, resolved(elaboration));
      model.ifPresent(m -> arms.add(new SweepModel.Arm(arm, m)));
      complete &= model.isPresent();
    }
    int axesButSeeds = (int) axes.stream().filter(axis -> !axis.seeds()).count();
    ClaimCheck claims = new ClaimCheck(diagnostics, new Comparisons(axes, arms), axesButSeeds);
    List<VerdictModel> verdicts =
        new VerdictCheck(base, experiment.name().text(), axes, full, metrics(fields), claims)
            .check(checks);
    if (declared || !isSwept(experiment)) {
      claims.power(
          full.stream()
              .filter(SweepModel.Axis::seeds)
              .mapToInt(axis -> axis.values().size())
              .findFirst()
              .orElse(1));
    }
    if (!arms.isEmpty()) {
      new FewSamples(arms.get(0).experiment(), diagnostics).report(verdicts, checks);
    }
    return complete
        ? Optional.of(
            new SweepModel(name, experiment.name().text(), declared, axes, arms, verdicts))
        : Optional.empty();
  }

  private boolean isSwept(Declaration.Experiment experiment) {
    return file.declarations(Declaration.Sweep.class).stream()
        .anyMatch(sweep -> sweep.of().text().equals(experiment.name().text()));
  }

  /**
   * What the experiment measures, with dimensions; known even if something else in the experiment
   * is wrong.
   */
  private Map<String, Dimension> metrics(List<Field> fields) {
    Map<String, Dimension> metrics = new LinkedHashMap<>();
    for (Field field : fields) {
      if (field.name().text().equals("metrics")
          && base.evaluate(field.value(), Scope.of(file, Scope.Site.PLAIN))
              instanceof Value.ListOf list) {
        for (Value.Placed element : list.elements()) {
          if (element.value() instanceof Value.Poison) {
            continue;
          }
          Dimension dimension =
              element.value() instanceof Value.Numeric number
                  ? number.formula().type().dimension()
                  : Dimension.NONE;
          metrics.put(element.span().text(), dimension);
        }
      }
    }
    return metrics;
  }

  /** The first axis varies slowest. */
  private static List<Map<String, String>> product(List<SweepModel.Axis> axes) {
    List<Map<String, String>> arms = List.of(Map.of());
    for (SweepModel.Axis axis : axes) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> arm : arms) {
        for (String value : axis.values()) {
          Map<String, String> longer = new LinkedHashMap<>(arm);
          longer.put(axis.param(), value);
          more.add(longer);
        }
      }
      arms = more;
    }
    return arms;
  }

  /** Every param with its value as text, in internal units. */
  private Map<String, String> resolved(Elaboration elaboration) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Declaration.Param param : file.declarations(Declaration.Param.class)) {
      Value value = elaboration.value(param, file, param.name().span());
      Expression chosen = elaboration.params().getOrDefault(param.name().text(), param.value());
      boolean number = value instanceof Value.Numeric n && n.formula() instanceof Formula.Number;
      texts.put(
          param.name().text(),
          number
              ? Coercion.shown(((Formula.Number) ((Value.Numeric) value).formula()).value())
              : AxisValues.text(chosen));
    }
    return texts;
  }
}

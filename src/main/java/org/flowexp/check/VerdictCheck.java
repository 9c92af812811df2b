package org.flowexp.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Category;
import org.flowexp.expression.Formula;
import org.flowexp.model.Band;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/** Expectations and claims: conditions over metrics of the last evaluation. */
final class VerdictCheck {
  private final Elaboration elaboration;
  private final String experiment;
  private final List<SweepModel.Axis> axes;
  private final List<SweepModel.Axis> full;
  private final Map<String, Dimension> metrics;
  private final ClaimCheck claims;

  VerdictCheck(
      Elaboration elaboration,
      String experiment,
      List<SweepModel.Axis> axes,
      List<SweepModel.Axis> full,
      Map<String, Dimension> metrics,
      ClaimCheck claims) {
    this.claims = claims;
    this.elaboration = elaboration;
    this.experiment = experiment;
    this.axes = axes.stream().filter(a -> !a.seeds()).toList();
    this.full = full.stream().filter(a -> !a.seeds()).toList();
    this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  List<VerdictModel> check(List<Declaration.Check> checks) {
    List<VerdictModel> verdicts = new ArrayList<>();
    if (metrics.isEmpty()) {
      return verdicts;
    }
    for (Declaration.Check check : checks) {
      verdict(check).ifPresent(verdicts::add);
    }
    return verdicts;
  }

  private Optional<VerdictModel> verdict(Declaration.Check check) {
    MetricUses uses = new MetricUses(elaboration, axes, full, metrics);
    Scope scope = Scope.of(elaboration.main(), Scope.Site.PLAIN).with(metricsOf(check, uses));
    Expression written = check.condition();
    Value condition = elaboration.evaluate(written, scope);
    if (condition instanceof Value.Poison) {
      return Optional.empty();
    }
    Optional<VerdictModel.Kind> kind = kind(check);
    boolean truth = !(kind.isPresent() && kind.get() instanceof VerdictModel.Kind.WithinBaseline);
    if (!(condition instanceof Value.Numeric number)
        || number.formula().type().isTruth() != truth) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "\"" + check.title() + "\"",
                  truth ? "a condition, such as `ess > 5 %`" : "a metric before `within`",
                  condition.phrase(),
                  written.span()));
      return Optional.empty();
    }
    if (uses.uses().isEmpty()) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "\"" + check.title() + "\"",
                  "a metric to judge",
                  "the same for every run",
                  written.span()));
      return Optional.empty();
    }
    Formula formula = number.formula();
    Optional<VerdictModel> verdict =
        kind.map(k -> new VerdictModel(check.title(), k, formula, text(check), uses.uses()));
    if (!truth && !(formula instanceof Formula.Variable)) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "\"" + check.title() + "\"",
                  "a metric itself before `within`",
                  "a formula of metrics",
                  written.span()));
      return Optional.empty();
    }
    return check instanceof Declaration.Claim claim
        ? verdict.flatMap(model -> claims.check(claim, model))
        : verdict;
  }

  /** What the names of metrics mean in a verdict; those that do not occur in it are left out. */
  private Map<String, Value> metricsOf(Declaration.Check check, MetricUses uses) {
    String written = check.condition().span().text();
    Map<String, Value> meanings = new HashMap<>();
    metrics.keySet().forEach(name -> meanings.put(name, new Value.Metric(name, uses)));
    for (Declaration.Value value : elaboration.main().declarations(Declaration.Value.class)) {
      String name = value.name().text();
      if (value.kind().equals("metric") && !metrics.containsKey(name) && written.contains(name)) {
        // A metric that is a mistake cannot be among those measured: that is one cause, not two.
        boolean mistake =
            elaboration.value(value, elaboration.main(), value.name().span())
                instanceof Value.Poison;
        meanings.put(
            name,
            mistake
                ? Value.Poison.POISON
                : new Value.Unmeasured(name, experiment, metrics.keySet()));
      }
    }
    return meanings;
  }

  private static String text(Declaration.Check check) {
    Span from = check.condition().span();
    return from.file().text().substring(from.start(), check.span().end()).strip();
  }

  private Optional<VerdictModel.Kind> kind(Declaration.Check check) {
    Scope scope = Scope.of(elaboration.main(), Scope.Site.PLAIN);
    Coercion coercion = new Coercion(elaboration);
    if (check instanceof Declaration.Claim claim) {
      Span span = claim.confidence().span();
      Optional<Double> confidence =
          coercion.number(
              elaboration.evaluate(claim.confidence(), scope), Dimension.NONE, "confidence", span);
      if (confidence.isPresent() && !(confidence.get() >= 0.5 && confidence.get() < 1)) {
        elaboration
            .diagnostics()
            .add(
                ValueErrors.outOfRange(
                    "confidence",
                    "at least 50 % and below 100 %",
                    Coercion.shown(confidence.get()),
                    span));
        return Optional.empty();
      }
      return confidence.map(VerdictModel.Kind.Claim::new);
    }
    Optional<Expression> within = ((Declaration.Expectation) check).within();
    if (within.isEmpty()) {
      return Optional.of(new VerdictModel.Kind.Expectation());
    }
    return band(within.get(), scope).map(VerdictModel.Kind.WithinBaseline::new);
  }

  /** A number is one of standard deviations. */
  private Optional<Band> band(Expression written, Scope scope) {
    Value value = elaboration.evaluate(written, scope);
    if (value instanceof Value.Part part && part.part().definition().category() == Category.BAND) {
      return Optional.of(part.part().create(Band.class));
    }
    return new Coercion(elaboration)
        .number(value, Dimension.NONE, "within", written.span())
        .map(Band.Deviations::new);
  }
}

package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.Category;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Readings;
import org.flowexp.model.Source;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/** From a declaration to its value. */
final class Declarations {
  private final Elaboration elaboration;
  private final FileScope file;

  Declarations(Elaboration elaboration, FileScope file) {
    this.elaboration = elaboration;
    this.file = file;
  }

  Value evaluate(Declaration.Named declaration) {
    if (declaration instanceof Declaration.Param param) {
      return param(param);
    }
    if (declaration instanceof Declaration.Function function) {
      function.formals().stream()
          .filter(f -> SampleVariables.names().contains(f.text()))
          .forEach(
              f -> elaboration.diagnostics().add(NameErrors.hidesVariable(f.text(), f.span())));
      elaboration.evaluate(
          function.body(), unknown(Scope.of(file, Scope.Site.METRIC), function.formals()));
      return new Value.Function(
          function.name().text(), function.formals(), function, Scope.of(file, Scope.Site.PLAIN));
    }
    if (declaration instanceof Declaration.Loss loss) {
      Scope scope = Scope.of(file, Scope.Site.SAMPLES);
      if (loss.formals().isEmpty()) {
        return loss(loss, scope);
      }
      loss(loss, unknown(scope, loss.formals()));
      return new Value.LossFunction(loss, scope);
    }
    if (declaration instanceof Declaration.Value value) {
      return value(value);
    }
    if (declaration instanceof Declaration.Schedule schedule) {
      return new Value.Schedule(schedule, Scope.of(file, Scope.Site.PLAIN));
    }
    return new Value.Other(declaration.kind());
  }

  /**
   * With arguments of which nothing is known: what does not depend on them is checked before any
   * call.
   */
  private static Scope unknown(Scope scope, List<Name> formals) {
    Scope inside = scope;
    for (Name formal : formals) {
      inside = inside.with(formal.text(), Value.Poison.POISON);
    }
    return inside;
  }

  private Value param(Declaration.Param param) {
    Expression chosen = param.value();
    if (file == elaboration.main()) {
      chosen = elaboration.params().getOrDefault(param.name().text(), chosen);
    }
    ParamTypes types = new ParamTypes(elaboration, file);
    Value value = types.chosen(param, chosen, Scope.of(file, Scope.Site.PLAIN));
    return types.check(param, value, chosen.span());
  }

  private Value value(Declaration.Value declaration) {
    String kind = declaration.kind();
    Scope.Site site =
        switch (kind) {
          case "mask" -> Scope.Site.SAMPLES;
          case "observable" -> Scope.Site.SAMPLES;
          case "metric" -> Scope.Site.METRIC;
          default -> Scope.Site.PLAIN;
        };
    Span span = declaration.value().span();
    Value value = elaboration.evaluate(declaration.value(), Scope.of(file, site));
    if (value instanceof Value.Poison) {
      return value;
    }
    boolean fits =
        switch (kind) {
          case "let" -> true;
          case "system" -> value instanceof Value.Target;
          case "sampler" ->
              value instanceof Value.Part part
                  && part.part().definition().category() == Category.SAMPLER;
          case "data" -> value instanceof Value.Data;
          case "architecture" -> value instanceof Value.Flow;
          case "mask" ->
              value instanceof Value.Mask
                  || value instanceof Value.Atoms
                  || isPerSample(value, true);
          case "observable" -> isPerSample(value, true) || isPerSample(value, false);
          case "metric" -> value instanceof Value.Numeric;
          default -> false;
        };
    if (!fits) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`" + kind + " " + declaration.name().text() + "`",
              wanted(kind),
              value instanceof Value.Halves
                  ? value.phrase() + "; take `.first` or `.rest` of it"
                  : value.phrase(),
              span));
    }
    if (kind.equals("metric")
        && value instanceof Value.Numeric number
        && number.formula().type().extent() != Extent.SCALAR) {
      return elaboration.wrong(
          TypeErrors.oneValuePerSample("the metric `" + declaration.name().text() + "`", span));
    }
    if (value instanceof Value.Flow flow && kind.equals("architecture") && flow.base().isEmpty()) {
      return elaboration.wrong(CompositionErrors.noBase(span));
    }
    return value instanceof Value.Target system
        ? new Value.Target(system.model().named(declaration.name().text()), system.part())
        : value;
  }

  private static boolean isPerSample(Value value, boolean truth) {
    return value instanceof Value.Numeric number
        && number.formula().type().isTruth() == truth
        && number.formula().type().extent() == Extent.BATCH;
  }

  private static String wanted(String kind) {
    return switch (kind) {
      case "system" -> "a system, such as `analytic { … }`";
      case "sampler" -> "a sampler, such as `parallel_tempering { … }`";
      case "data" -> "data, such as `sampler.draw(1_000 samples)`";
      case "architecture" -> "an architecture, such as `normal(2) >> realnvp { … }`";
      case "mask" -> "a coordinate mask, such as `every(2)`, or a condition on samples";
      case "observable" -> "a value or condition for each sample";
      case "metric" -> "a number";
      default -> "a value";
    };
  }

  /** A loss on a source is a formula; one without is a weighted sum of losses. */
  Value loss(Declaration.Loss loss, Scope scope) {
    String name = loss.name().text();
    Span span = loss.body().span();
    Value value = elaboration.evaluate(loss.body(), scope);
    if (value instanceof Value.Poison) {
      return value;
    }
    if (loss.on().isEmpty()) {
      return value instanceof Value.Loss composition
          ? new Value.Loss(name, composition.terms())
          : elaboration.wrong(
              TypeErrors.mismatch(
                  "`loss " + name + "`",
                  "a weighted sum of losses, or `on data`, `on model` or `on latent` before a formula",
                  value.phrase(),
                  span));
    }
    Optional<Source> source = source(loss.on().get());
    if (source.isEmpty()) {
      return Value.Poison.POISON;
    }
    if (!(value instanceof Value.Numeric number) || number.formula().type().isTruth()) {
      return elaboration.wrong(
          TypeErrors.mismatch("the loss `" + name + "`", "a number", value.phrase(), span));
    }
    if (number.formula().type().extent() != Extent.SCALAR) {
      return elaboration.wrong(TypeErrors.oneValuePerSample("the loss `" + name + "`", span));
    }
    if (!number.formula().type().dimension().isNone()) {
      return elaboration.wrong(
          TypeErrors.lossWithDimension(name, number.formula().type().dimension(), span));
    }
    if (Formulas.contains(number.formula(), Formulas::isOnlyMeasured)) {
      return elaboration.wrong(TypeErrors.measuredInLoss(name, span));
    }
    // u moves the hydrogens of a flow that places them; a phase knows whether it does.
    if (!Formulas.dependsOnFlow(number.formula(), source.get() == Source.LATENT)
        && !Formulas.dependsOnEnergy(number.formula())) {
      return elaboration.wrong(
          TypeErrors.lossWithoutFlow(name, source.get().word(), span, loss.on().get().span()));
    }
    if (source.get() == Source.DATA
        && Readings.of(number.formula()).here().contains(Readings.RUNNING_LOG_Z)) {
      return elaboration.wrong(TypeErrors.noLogZOfData(name, span, loss.on().get().span()));
    }
    if (source.get() == Source.DATA
        && LogDensities.sign(number.formula()).filter(s -> s > 0).isPresent()) {
      elaboration.diagnostics().add(Advice.lowersData(name, span));
    }
    return new Value.Loss(
        name,
        List.of(
            new Value.Term(
                name, Ramps.constant(1), source.get(), number.formula(), loss.name().span())));
  }

  private Optional<Source> source(Name word) {
    for (Source source : Source.values()) {
      if (source.word().equals(word.text())) {
        return Optional.of(source);
      }
    }
    elaboration
        .diagnostics()
        .add(
            ValueErrors.unknownWord(
                word.text(),
                "a source of samples",
                word.span(),
                List.of("data", "model", "latent")));
    return Optional.empty();
  }
}

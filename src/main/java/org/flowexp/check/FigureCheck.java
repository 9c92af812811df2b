package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Part;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.model.DataSource;
import org.flowexp.model.FigureModel;
import org.flowexp.model.FiguresModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.Observed;
import org.flowexp.model.SystemModel;
import org.flowexp.report.FigureDefinitions;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.units.Constants;
import org.flowexp.units.Dimension;

/** From the field {@code figures} of an experiment to what is counted for each. */
final class FigureCheck {
  private static final int BINS = 60;
  private static final int BINS_OF_PROFILE = 72;
  private static final int BINS_OF_SURFACE = 36;
  private static final double FARTHEST_CONTACT = 1.2;

  private final Elaboration elaboration;
  private final ExperimentCheck experiment;
  private final Map<String, Maker> makers =
      Map.of(
          FigureDefinitions.FREE_ENERGY, this::freeEnergy,
          FigureDefinitions.HISTOGRAM, this::histogram,
          FigureDefinitions.ENERGIES, this::energies,
          FigureDefinitions.BONDS, this::bonds,
          FigureDefinitions.ANGLES, this::angles,
          FigureDefinitions.CLASHES, this::clashes,
          FigureDefinitions.ESTIMATES, this::estimates);

  FigureCheck(Elaboration elaboration, ExperimentCheck experiment) {
    this.elaboration = elaboration;
    this.experiment = experiment;
  }

  /** What a word of the vocabulary draws on a system; nothing if that is wrong, which is said. */
  private interface Maker {
    List<FigureModel> of(Arguments arguments, SystemModel system, Span span);
  }

  /** Those of an experiment; empty if one of them is wrong. */
  Optional<FiguresModel> all(Arguments arguments, List<Field> fields, SystemModel system) {
    boolean wanted = arguments.find(Blocks.FIGURES).isPresent();
    Optional<DataSource> reference = Optional.empty();
    if (arguments.find(Blocks.REFERENCE).isPresent()) {
      Span span = ExperimentCheck.spanOf(fields, Blocks.REFERENCE.name());
      DataSource source = arguments.get(Blocks.REFERENCE).source();
      if (!wanted) {
        return wrong(FigureErrors.figuresMissing(span));
      }
      if (source.dim() != system.width()) {
        return wrong(
            CompositionErrors.dataOfOtherSystem(
                "the reference", source.dim(), system.width(), span));
      }
      reference = Optional.of(Posing.into(system, source));
    }
    List<FigureModel> figures = new ArrayList<>();
    List<Part> parts = wanted ? arguments.list(Blocks.FIGURES, Part.class) : List.of();
    List<Span> spans = wanted ? spans(fields, parts.size()) : List.of();
    for (int i = 0; i < parts.size(); i++) {
      Maker maker = makers.get(parts.get(i).name());
      List<FigureModel> made = maker.of(parts.get(i).arguments(), system, spans.get(i));
      if (made.isEmpty()) {
        return Optional.empty();
      }
      figures.addAll(made);
    }
    boolean molar = system instanceof SystemModel.Molecular;
    return Optional.of(
        figures.isEmpty()
            ? FiguresModel.NONE
            : new FiguresModel(figures, reference, thermalEnergy(system), molar ? "kJ/mol" : "kT"));
  }

  private <T> Optional<T> wrong(Diagnostic diagnostic) {
    elaboration.diagnostics().add(diagnostic);
    return Optional.empty();
  }

  /** Of each element as written, where a list is. */
  private static List<Span> spans(List<Field> fields, int count) {
    Expression written =
        fields.stream()
            .filter(field -> field.name().text().equals(Blocks.FIGURES.name()))
            .map(Field::value)
            .findFirst()
            .orElseThrow();
    return written instanceof Expression.ListOf list
        ? list.elements().stream().map(Expression::span).toList()
        : java.util.Collections.nCopies(count, written.span());
  }

  private static double thermalEnergy(SystemModel system) {
    return system instanceof SystemModel.Molecular molecule
        ? Constants.BOLTZMANN * molecule.temperature()
        : 1;
  }

  private static int bins(Arguments arguments, int otherwise) {
    return arguments.find(FigureDefinitions.BINS).map(Long::intValue).orElse(otherwise);
  }

  private List<FigureModel> freeEnergy(Arguments arguments, SystemModel system, Span span) {
    Observed x = (Observed) arguments.get(FigureDefinitions.X);
    Optional<Observed> y = arguments.find(FigureDefinitions.Y).map(Observed.class::cast);
    int bins = bins(arguments, y.isPresent() ? BINS_OF_SURFACE : BINS_OF_PROFILE);
    List<Observed> observed = new ArrayList<>(List.of(x));
    y.ifPresent(observed::add);
    String title = y.map(second -> x.name() + " and " + second.name()).orElse(x.name());
    return distribution("free energy of " + title, true, observed, bins, system, span);
  }

  private List<FigureModel> histogram(Arguments arguments, SystemModel system, Span span) {
    Observed x = (Observed) arguments.get(FigureDefinitions.X);
    return distribution(x.name(), false, List.of(x), bins(arguments, BINS), system, span);
  }

  private List<FigureModel> distribution(
      String title,
      boolean isFreeEnergy,
      List<Observed> observed,
      int bins,
      SystemModel system,
      Span span) {
    for (Observed one : observed) {
      Optional<Diagnostic> misfit =
          CoordinateRange.beyond(one.formula(), system.width())
              .map(index -> CompositionErrors.noCoordinate(index, system, span, span))
              .or(() -> MoleculeFit.measures(one.formula(), system.width(), "this figure", span));
      if (misfit.isPresent()) {
        elaboration.diagnostics().add(misfit.get());
        return List.of();
      }
    }
    return List.of(
        new FigureModel.Distribution(
            title,
            isFreeEnergy,
            observed.stream().map(o -> Observables.axis(o.name(), o.formula(), bins)).toList(),
            List.of(observed.stream().map(Observed::formula).toList()),
            Optional.empty()));
  }

  /** U = kT u, in kJ/mol of a molecule. */
  private List<FigureModel> energies(Arguments arguments, SystemModel system, Span span) {
    boolean molar = system instanceof SystemModel.Molecular;
    Formula energy = SampleVariables.find("u").orElseThrow();
    if (molar) {
      energy =
          new Formula.Apply(
              Operation.MULTIPLY,
              List.of(new Formula.Number(thermalEnergy(system), Dimension.ENERGY), energy),
              FormulaType.number(Extent.BATCH, Dimension.ENERGY));
    }
    String unit = molar ? "kJ/mol" : "kT";
    return List.of(
        new FigureModel.Distribution(
            "energy",
            false,
            List.of(
                new FigureModel.Axis(
                    "energy", unit, 1, false, bins(arguments, BINS), Optional.empty())),
            List.of(List.of(energy)),
            Optional.empty()));
  }

  private Optional<MoleculeFigures> molecule(
      String word, Arguments arguments, SystemModel system, Span span) {
    if (!(system instanceof SystemModel.Molecular molecule)) {
      return wrong(FigureErrors.needsMolecule(word, system.name(), span));
    }
    return MoleculeFigures.of(
        elaboration, molecule, word, arguments.find(FigureDefinitions.ATOMS), span);
  }

  private List<FigureModel> bonds(Arguments arguments, SystemModel system, Span span) {
    return molecule(FigureDefinitions.BONDS, arguments, system, span)
        .map(molecule -> molecule.bonds(bins(arguments, BINS)))
        .orElse(List.of());
  }

  private List<FigureModel> angles(Arguments arguments, SystemModel system, Span span) {
    return molecule(FigureDefinitions.ANGLES, arguments, system, span)
        .map(molecule -> molecule.angles(bins(arguments, BINS)))
        .orElse(List.of());
  }

  private List<FigureModel> clashes(Arguments arguments, SystemModel system, Span span) {
    return molecule(FigureDefinitions.CLASHES, arguments, system, span)
        .map(
            molecule ->
                molecule.clashes(
                    arguments.get(FigureDefinitions.BELOW),
                    new FigureModel.Range(0, FARTHEST_CONTACT),
                    bins(arguments, BINS)))
        .orElse(List.of());
  }

  private List<FigureModel> estimates(Arguments arguments, SystemModel system, Span span) {
    Value.ListOf list = (Value.ListOf) arguments.get(FigureDefinitions.METRICS);
    Optional<List<MetricModel>> metrics = experiment.metrics(list, system);
    return metrics
        .<List<FigureModel>>map(
            all ->
                List.of(
                    new FigureModel.Estimates(
                        "estimates", all.stream().map(FigureCheck::estimate).toList())))
        .orElse(List.of());
  }

  private static FigureModel.Estimate estimate(MetricModel metric) {
    boolean none = Formulas.contains(metric.formula(), EstimatorCalls::hasNoError);
    return new FigureModel.Estimate(
        metric, none ? Optional.empty() : Optional.of(new Formula.StandardError(metric.formula())));
  }
}

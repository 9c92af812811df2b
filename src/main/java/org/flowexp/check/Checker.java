package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.expression.Formula;
import org.flowexp.model.DataSource;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.model.SystemModel;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/**
 * From a syntax tree to a checked model. Everything is evaluated under the params' defaults, then
 * each arm under its own; a mistake is reported once, however many arms meet it.
 */
public final class Checker {
  private final FileScope file;
  private final Choices choices;
  private final Diagnostics diagnostics;

  private Checker(FileScope file, Choices choices, Diagnostics diagnostics) {
    this.file = file;
    this.choices = choices;
    this.diagnostics = diagnostics;
  }

  /**
   * The model of a file, if nothing in it is wrong. What did not parse is missing from the tree;
   * the rest is checked all the same, and names that it may have declared are not held against it.
   */
  public static Optional<Suite> check(Document document, Choices choices, Diagnostics diagnostics) {
    Library library = new Library(choices.generators(), UnsavedTexts.none());
    return check(FileScope.of(document, library, diagnostics), choices, diagnostics);
  }

  /** The same of a file whose names have been collected. */
  static Optional<Suite> check(FileScope file, Choices choices, Diagnostics diagnostics) {
    return new Checker(file, choices, diagnostics).check();
  }

  private Optional<Suite> check() {
    ProfileCheck profiles = new ProfileCheck(file, diagnostics);
    ProfileCheck.Chosen chosen = profiles.check(choices.profile());
    Map<String, Expression> params = new HashMap<>(chosen.params());
    settings(params);
    Map<String, SystemModel> systems = new LinkedHashMap<>();
    Map<String, DataSource> data = new LinkedHashMap<>();
    Map<String, Formula> observables = new LinkedHashMap<>();
    declarations(params)
        .forEach(
            (named, value) -> {
              String name = named.name().text();
              if (named.kind().equals("system") && value instanceof Value.Target target) {
                systems.put(name, target.model());
              } else if (value instanceof Value.Data source) {
                data.put(name, source.source());
              } else if (named.kind().equals("observable")
                  && value instanceof Value.Numeric number) {
                observables.put(name, number.formula());
              }
            });
    List<SweepModel> sweeps = sweeps(params, chosen.axes());
    if (!diagnostics.hasErrors()) {
      if (choices.only().isEmpty()) {
        new Unused(file, diagnostics).report();
      }
      return Optional.of(
          new Suite(file.document().file().name(), sweeps, systems, data, observables));
    }
    return Optional.empty();
  }

  private void settings(Map<String, Expression> params) {
    Map<String, Choices.Setting> met = new HashMap<>();
    for (Choices.Setting setting : choices.settings()) {
      String name = setting.name().text();
      Choices.Setting first = met.putIfAbsent(name, setting);
      if (first != null) {
        diagnostics.add(ValueErrors.fieldTwice(name, setting.span(), first.span()));
      } else if (file.isParam(name)) {
        params.put(name, setting.value());
      } else if (!file.isMissing(name)) {
        diagnostics.add(
            NameErrors.notAParam(
                name,
                setting.span(),
                Elaboration.namesOf(file.declarations(Declaration.Param.class))));
      }
    }
  }

  private List<SweepModel> sweeps(
      Map<String, Expression> params, Map<String, Declaration.Axis> replaced) {
    SweepCheck check = new SweepCheck(file, params, replaced, diagnostics);
    return switch (choices.only().map(Choices.Only::kind).orElse(Choices.Only.Kind.SWEEP)) {
      case EXPERIMENT ->
          named(Declaration.Experiment.class).flatMap(check::experiment).stream().toList();
      case SWEEP ->
          choices.only().isPresent()
              ? named(Declaration.Sweep.class).flatMap(s -> check.sweep(s, choices)).stream()
                  .toList()
              : everything(check);
    };
  }

  /** The sweep or the experiment that the command line names. */
  private <D extends Declaration.Named> Optional<D> named(Class<D> kind) {
    Choices.Only only = choices.only().orElseThrow();
    Name name = only.name();
    Optional<D> found = file.declaration(name.text()).filter(kind::isInstance).map(kind::cast);
    if (found.isEmpty() && !file.isMissing(name.text())) {
      diagnostics.add(
          NameErrors.unknownDeclaration(
              only.kind().word(), name, file, Elaboration.namesOf(file.declarations(kind))));
    }
    return found;
  }

  private List<SweepModel> everything(SweepCheck check) {
    List<SweepModel> models = new ArrayList<>();
    Set<String> swept = new HashSet<>();
    for (Declaration.Sweep sweep : file.declarations(Declaration.Sweep.class)) {
      swept.add(sweep.of().text());
      check.sweep(sweep, choices).ifPresent(models::add);
    }
    for (Declaration.Experiment experiment : file.declarations(Declaration.Experiment.class)) {
      if (!swept.contains(experiment.name().text())) {
        check.experiment(experiment).ifPresent(models::add);
      }
    }
    return models;
  }

  /** Every declaration is looked at, also those that no run reaches. */
  private Map<Declaration.Named, Value> declarations(Map<String, Expression> params) {
    Map<Declaration.Named, Value> values = new LinkedHashMap<>();
    Elaboration elaboration =
        new Elaboration(file, params, new Elaboration.Shared(Set.of()), diagnostics);
    for (Declaration.Named named : file.declarations(Declaration.Named.class)) {
      values.put(named, elaboration.value(named, file, named.name().span()));
    }
    return values;
  }
}

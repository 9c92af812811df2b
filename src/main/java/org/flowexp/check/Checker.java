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
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.model.SystemModel;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;

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
    Map<String, Expression> params = new HashMap<>();
    Map<String, Declaration.Axis> replaced = new HashMap<>();
    for (Declaration.Profile profile : file.declarations(Declaration.Profile.class)) {
      boolean chosen =
          choices.profile().filter(p -> p.text().equals(profile.name().text())).isPresent();
      profile(profile, chosen ? params : new HashMap<>(), chosen ? replaced : new HashMap<>());
    }
    choices
        .profile()
        .filter(p -> profileNames().stream().noneMatch(p.text()::equals))
        .filter(p -> !file.isMissing(p.text()))
        .ifPresent(
            p -> diagnostics.add(NameErrors.unknownProfile(p.text(), p.span(), profileNames())));
    for (Choices.Setting setting : choices.settings()) {
      if (isParam(setting.name().text())) {
        params.put(setting.name().text(), setting.value());
      } else if (!file.isMissing(setting.name().text())) {
        diagnostics.add(NameErrors.notAParam(setting.name().text(), setting.span(), paramNames()));
      }
    }
    Map<String, SystemModel> systems = declarations(params);
    List<SweepModel> sweeps = sweeps(params, replaced);
    if (!diagnostics.hasErrors()) {
      if (choices.alone().isEmpty()) {
        new Unused(file, diagnostics).report();
      }
      return Optional.of(new Suite(file.document().file().name(), sweeps, systems));
    }
    return Optional.empty();
  }

  private List<SweepModel> sweeps(
      Map<String, Expression> params, Map<String, Declaration.Axis> replaced) {
    SweepCheck check = new SweepCheck(file, params, replaced, diagnostics);
    List<SweepModel> models = new ArrayList<>();
    Set<String> swept = new HashSet<>();
    if (choices.alone().isPresent()) {
      file.declaration(choices.alone().get())
          .filter(Declaration.Experiment.class::isInstance)
          .flatMap(experiment -> check.experiment((Declaration.Experiment) experiment))
          .ifPresent(models::add);
      return models;
    }
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
  private Map<String, SystemModel> declarations(Map<String, Expression> params) {
    Map<String, SystemModel> systems = new LinkedHashMap<>();
    Elaboration elaboration =
        new Elaboration(file, params, new Elaboration.Shared(Set.of()), diagnostics);
    for (Declaration.Named named : file.declarations(Declaration.Named.class)) {
      Value value = elaboration.value(named, file, named.name().span());
      if (named.kind().equals("system") && value instanceof Value.Target target) {
        systems.put(named.name().text(), target.model());
      }
    }
    return systems;
  }

  private void profile(
      Declaration.Profile profile,
      Map<String, Expression> params,
      Map<String, Declaration.Axis> replaced) {
    for (Field field : profile.fields()) {
      if (isParam(field.name().text())) {
        params.put(field.name().text(), field.value());
      } else if (!file.isMissing(field.name().text())) {
        diagnostics.add(
            NameErrors.notAParam(field.name().text(), field.name().span(), paramNames()));
      }
    }
    for (Declaration.Axis axis : profile.axes()) {
      List<Declaration.Sweep> sweeps = file.declarations(Declaration.Sweep.class);
      Optional<Declaration.Sweep> sweep =
          axis.sweep().isEmpty()
              ? (sweeps.size() == 1 ? Optional.of(sweeps.get(0)) : Optional.empty())
              : sweeps.stream()
                  .filter(s -> s.name().text().equals(axis.sweep().get().text()))
                  .findFirst();
      if (sweep.isEmpty()) {
        String name = axis.sweep().map(s -> s.text()).orElse(axis.param().text());
        if (!file.isMissing(name)) {
          diagnostics.add(
              NameErrors.unknownDeclaration(
                  "sweep",
                  name,
                  axis.sweep().orElse(axis.param()).span(),
                  Elaboration.namesOf(sweeps)));
        }
      } else if (sweep.get().axes().stream()
          .noneMatch(a -> a.param().text().equals(axis.param().text()))) {
        List<String> axes = sweep.get().axes().stream().map(a -> a.param().text()).toList();
        diagnostics.add(
            NameErrors.unknownMember(
                "the sweep `" + sweep.get().name().text() + "`",
                axis.param().text(),
                axis.param().span(),
                axes));
      } else {
        replaced.put(sweep.get().name().text() + "." + axis.param().text(), axis);
      }
    }
  }

  private boolean isParam(String name) {
    return file.declaration(name).filter(Declaration.Param.class::isInstance).isPresent();
  }

  private Set<String> paramNames() {
    return Elaboration.namesOf(file.declarations(Declaration.Param.class));
  }

  private Set<String> profileNames() {
    return Elaboration.namesOf(file.declarations(Declaration.Profile.class));
  }
}

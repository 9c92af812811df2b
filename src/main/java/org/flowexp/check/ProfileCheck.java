package org.flowexp.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;

/** Every profile of a file, chosen or not: its names, and whether its values are of their types. */
final class ProfileCheck {
  private final FileScope file;
  private final Diagnostics diagnostics;
  private final List<Declaration.Sweep> sweeps;

  ProfileCheck(FileScope file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.sweeps = file.declarations(Declaration.Sweep.class);
  }

  /**
   * What the chosen profile gives.
   *
   * @param axes in place of those of a sweep, by {@code sweep.param}
   */
  record Chosen(Map<String, Expression> params, Map<String, Declaration.Axis> axes) {
    Chosen {
      params = Map.copyOf(params);
      axes = Map.copyOf(axes);
    }
  }

  Chosen check(Optional<Name> wanted) {
    Chosen chosen = new Chosen(Map.of(), Map.of());
    List<Declaration.Profile> profiles = file.declarations(Declaration.Profile.class);
    for (Declaration.Profile profile : profiles) {
      Chosen values = new Chosen(params(profile), axes(profile));
      if (wanted.filter(name -> name.text().equals(profile.name().text())).isPresent()) {
        chosen = values;
      } else {
        types(values);
      }
    }
    Set<String> names = Elaboration.namesOf(profiles);
    wanted
        .filter(name -> !names.contains(name.text()) && !file.isMissing(name.text()))
        .ifPresent(
            name -> diagnostics.add(NameErrors.unknownProfile(name.text(), name.span(), names)));
    return chosen;
  }

  private Map<String, Expression> params(Declaration.Profile profile) {
    Map<String, Field> params = new HashMap<>();
    for (Field field : profile.fields()) {
      Name name = field.name();
      Field first = params.get(name.text());
      if (first != null) {
        diagnostics.add(ValueErrors.fieldTwice(name.text(), name.span(), first.name().span()));
      } else if (file.isParam(name.text())) {
        params.put(name.text(), field);
        if (isSweptEverywhere(name.text())) {
          diagnostics.add(
              Advice.sweptAnyway(name.text(), sweeps.get(0).name().text(), name.span()));
        }
      } else if (!file.isMissing(name.text())) {
        diagnostics.add(
            NameErrors.notAParam(
                name.text(),
                name.span(),
                Elaboration.namesOf(file.declarations(Declaration.Param.class))));
      }
    }
    Map<String, Expression> values = new HashMap<>();
    params.forEach((name, field) -> values.put(name, field.value()));
    return values;
  }

  /** No run takes the value from anywhere but an axis. */
  private boolean isSweptEverywhere(String param) {
    Set<String> swept = new java.util.HashSet<>();
    sweeps.forEach(sweep -> swept.add(sweep.of().text()));
    return !sweeps.isEmpty()
        && sweeps.stream().allMatch(sweep -> axis(sweep, param).isPresent())
        && swept.containsAll(Elaboration.namesOf(file.declarations(Declaration.Experiment.class)));
  }

  private static Optional<Declaration.Axis> axis(Declaration.Sweep sweep, String param) {
    return sweep.axes().stream().filter(a -> a.param().text().equals(param)).findFirst();
  }

  private Map<String, Declaration.Axis> axes(Declaration.Profile profile) {
    Map<String, Declaration.Axis> axes = new HashMap<>();
    for (Declaration.Axis axis : profile.axes()) {
      Optional<Declaration.Sweep> sweep = sweep(axis);
      if (sweep.isEmpty()) {
        unknownSweep(axis);
      } else if (axis(sweep.get(), axis.param().text()).isEmpty()) {
        diagnostics.add(
            NameErrors.unknownMember(
                "the sweep `" + sweep.get().name().text() + "`",
                axis.param().text(),
                axis.param().span(),
                sweep.get().axes().stream().map(a -> a.param().text()).toList()));
      } else {
        String key = sweep.get().name().text() + "." + axis.param().text();
        Declaration.Axis first = axes.putIfAbsent(key, axis);
        if (first != null) {
          diagnostics.add(ValueErrors.fieldTwice(key, axis.param().span(), first.param().span()));
        }
      }
    }
    return axes;
  }

  private Optional<Declaration.Sweep> sweep(Declaration.Axis axis) {
    if (axis.sweep().isEmpty()) {
      return sweeps.size() == 1 ? Optional.of(sweeps.get(0)) : Optional.empty();
    }
    return sweeps.stream()
        .filter(sweep -> sweep.name().text().equals(axis.sweep().get().text()))
        .findFirst();
  }

  private void unknownSweep(Declaration.Axis axis) {
    Name name = axis.sweep().orElse(axis.param());
    if (!file.isMissing(name.text())) {
      diagnostics.add(
          NameErrors.unknownDeclaration("sweep", name, file, Elaboration.namesOf(sweeps)));
    }
  }

  /** A profile that is not chosen is checked as far as its values go; no run is put together. */
  private void types(Chosen values) {
    Elaboration elaboration = elaboration(values.params());
    for (Declaration.Param param : file.declarations(Declaration.Param.class)) {
      if (values.params().containsKey(param.name().text())) {
        elaboration.value(param, file, param.name().span());
      }
    }
    for (Declaration.Axis axis : values.axes().values()) {
      file.declaration(axis.param().text())
          .ifPresent(
              param ->
                  new AxisValues(elaboration)
                      .of(axis.values())
                      .forEach(
                          (text, value) ->
                              elaboration(Map.of(param.name().text(), value))
                                  .value(param, file, param.name().span())));
    }
  }

  private Elaboration elaboration(Map<String, Expression> params) {
    return new Elaboration(file, params, new Elaboration.Shared(Set.of()), diagnostics);
  }
}

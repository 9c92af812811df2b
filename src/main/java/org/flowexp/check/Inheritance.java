package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;

/** {@code b extends a}: what a has, with what b writes in its place. */
final class Inheritance {
  private final Elaboration elaboration;

  Inheritance(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  List<Field> fields(Declaration.Experiment experiment) {
    return fields(experiment, new HashSet<>());
  }

  private List<Field> fields(Declaration.Experiment experiment, Set<Declaration> met) {
    List<Field> all = new ArrayList<>(experiment.fields());
    Set<String> own = new HashSet<>();
    experiment.fields().forEach(f -> own.add(f.name().text()));
    if (experiment.parent().isPresent()) {
      parent(experiment.parent().get(), Declaration.Experiment.class, "experiment", experiment, met)
          .ifPresent(
              parent ->
                  fields(parent, met).stream()
                      .filter(f -> !own.contains(f.name().text()))
                      .forEach(all::add));
    }
    return all;
  }

  /**
   * Phases by name: the parent's order, each replaced where the child has one of its name, then the
   * child's new ones.
   */
  List<Declaration.Phase> phases(Declaration.Schedule schedule) {
    return phases(schedule, new HashSet<>());
  }

  private List<Declaration.Phase> phases(Declaration.Schedule schedule, Set<Declaration> met) {
    Map<String, Declaration.Phase> byName = new LinkedHashMap<>();
    if (schedule.parent().isPresent()) {
      parent(schedule.parent().get(), Declaration.Schedule.class, "schedule", schedule, met)
          .ifPresent(parent -> phases(parent, met).forEach(p -> byName.put(p.name().text(), p)));
    }
    Map<String, Name> mine = new LinkedHashMap<>();
    for (Declaration.Phase phase : schedule.phases()) {
      Name first = mine.putIfAbsent(phase.name().text(), phase.name());
      if (first != null) {
        elaboration
            .diagnostics()
            .add(NameErrors.declaredTwice(phase.name().text(), phase.name().span(), first.span()));
      }
      byName.put(phase.name().text(), phase);
    }
    return List.copyOf(byName.values());
  }

  private <D extends Declaration.Named> Optional<D> parent(
      Name name, Class<D> kind, String word, Declaration.Named child, Set<Declaration> met) {
    FileScope file = elaboration.main();
    file.use(name.text());
    Optional<D> parent = file.declaration(name.text()).filter(kind::isInstance).map(kind::cast);
    if (parent.isEmpty() && file.isMissing(name.text())) {
      return parent;
    }
    if (parent.isEmpty()) {
      elaboration
          .diagnostics()
          .add(
              NameErrors.unknownDeclaration(
                  word, name.text(), name.span(), Elaboration.namesOf(file.declarations(kind))));
    } else if (!met.add(parent.get()) || parent.get().equals(child)) {
      elaboration
          .diagnostics()
          .add(NameErrors.cycle(name.text(), name.span(), parent.get().name().span()));
      return Optional.empty();
    }
    return parent;
  }
}

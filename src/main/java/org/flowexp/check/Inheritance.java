package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.syntax.Block;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;

/** {@code b extends a}: what a has, with what b writes in its place. */
final class Inheritance {
  private final Elaboration elaboration;
  private boolean broken;

  Inheritance(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** Whether what was inherited so far is incomplete, since a parent is a mistake. */
  boolean isBroken() {
    return broken;
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
   * Phases by name: the parent's order, then the child's new ones. Where both have a phase of a
   * name, its fields are replaced one by one.
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
      byName.merge(phase.name().text(), phase, Inheritance::merged);
    }
    return List.copyOf(byName.values());
  }

  /** A promise of the parent stands; data are not handed to a phase that promises to use none. */
  private static Declaration.Phase merged(Declaration.Phase parent, Declaration.Phase child) {
    Set<String> own = new HashSet<>();
    child.block().fields().forEach(field -> own.add(field.name().text()));
    List<Field> fields = new ArrayList<>(child.block().fields());
    parent.block().fields().stream()
        .filter(field -> !own.contains(field.name().text()))
        .filter(field -> child.dataFree().isEmpty() || !field.name().text().equals("data"))
        .forEach(fields::add);
    return new Declaration.Phase(
        child.name(),
        child.dataFree().or(parent::dataFree),
        new Block(fields, child.block().span()),
        child.span());
  }

  private <D extends Declaration.Named> Optional<D> parent(
      Name name, Class<D> kind, String word, Declaration.Named child, Set<Declaration> met) {
    FileScope file = elaboration.main();
    file.use(name.text());
    Optional<D> parent = file.declaration(name.text()).filter(kind::isInstance).map(kind::cast);
    broken |= parent.isEmpty();
    if (parent.isEmpty() && file.isMissing(name.text())) {
      return parent;
    }
    if (parent.isEmpty()) {
      elaboration
          .diagnostics()
          .add(
              NameErrors.unknownDeclaration(
                  word,
                  name,
                  file,
                  Elaboration.namesOf(
                      file.declarations(kind).stream().filter(d -> !d.equals(child)).toList())));
    } else if (!met.add(parent.get()) || parent.get().equals(child)) {
      elaboration
          .diagnostics()
          .add(NameErrors.cycle(name.text(), name.span(), parent.get().name().span()));
      broken = true;
      return Optional.empty();
    }
    return parent;
  }
}

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

  /** The child's fields, then those of the parent that the child does not write. */
  private static List<Field> over(List<Field> child, List<Field> parent) {
    Set<String> own = new HashSet<>();
    child.forEach(f -> own.add(f.name().text()));
    List<Field> all = new ArrayList<>(child);
    parent.stream().filter(f -> !own.contains(f.name().text())).forEach(all::add);
    return List.copyOf(all);
  }

  private List<Field> fields(Declaration.Experiment experiment, Set<Declaration> met) {
    return experiment
        .parent()
        .flatMap(name -> parent(name, Declaration.Experiment.class, "experiment", experiment, met))
        .map(parent -> over(experiment.fields(), fields(parent, met)))
        .orElse(experiment.fields());
  }

  /**
   * Phases by name: the parent's order, then the child's new ones. Where both have one of a name
   * the child's fields replace the parent's; it stays {@code data_free} if the parent's is.
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
      byName.merge(phase.name().text(), phase, Inheritance::over);
    }
    return List.copyOf(byName.values());
  }

  private static Declaration.Phase over(Declaration.Phase parent, Declaration.Phase child) {
    return new Declaration.Phase(
        child.name(),
        child.dataFree().or(parent::dataFree),
        new Block(over(child.block().fields(), parent.block().fields()), child.block().span()),
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

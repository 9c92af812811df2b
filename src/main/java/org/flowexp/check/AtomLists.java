package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.ParameterType;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Topology;
import org.flowexp.source.Span;

/** From an atom, a mask of atoms or a list of them to the atoms that a word asks for. */
final class AtomLists {
  private final Elaboration elaboration;

  AtomLists(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  private Optional<AtomSet> wrong(Diagnostic diagnostic) {
    elaboration.diagnostics().add(diagnostic);
    return Optional.empty();
  }

  /** Atoms, or a list of them: all of one molecule, each once. */
  Optional<AtomSet> of(Value value, ParameterType.Atoms type, String field, Span span) {
    List<Value.Placed> parts =
        value instanceof Value.ListOf list
            ? list.elements()
            : List.of(new Value.Placed(value, span));
    List<Integer> places = new ArrayList<>();
    Optional<Topology> molecule = Optional.empty();
    for (Value.Placed part : parts) {
      if (part.value() instanceof Value.Poison) {
        return Optional.empty();
      }
      if (!(part.value() instanceof Value.Atoms atoms)) {
        return wrong(
            TypeErrors.mismatch(
                "`" + field + "`", type.phrase(), part.value().phrase(), part.span()));
      }
      Topology topology = atoms.set().topology();
      if (molecule.isPresent() && !molecule.get().equals(topology)) {
        return wrong(
            MoleculeErrors.otherMolecule(
                "`" + field + "`",
                "`" + topology.name() + "`",
                "`" + molecule.get().name() + "`",
                part.span()));
      }
      molecule = Optional.of(topology);
      places.addAll(atoms.set().places());
    }
    boolean repeats = places.stream().distinct().count() < places.size();
    boolean good =
        !repeats && !places.isEmpty() && (type.count() == 0 || places.size() == type.count());
    String wanted = type.count() == 0 ? "atoms, each once" : type.count() + " different atoms";
    return good
        ? Optional.of(new AtomSet(molecule.orElseThrow(), places))
        : wrong(
            MoleculeErrors.wrongAtoms(
                "`" + field + "`",
                wanted,
                repeats ? "an atom twice" : Integer.toString(places.size()),
                span));
  }
}

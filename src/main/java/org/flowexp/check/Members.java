package org.flowexp.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.model.SystemModel;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Topology;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;
import org.flowexp.vocabulary.Vocabulary;

/** {@code value.name}. */
final class Members {
  private static final List<String> OF_HALVES = List.of("first", "rest");
  private static final List<String> OF_SYSTEMS = List.of("dim", "log_z", "s");
  private static final List<String> OF_MOLECULES = List.of("dim", "temperature");

  private final Elaboration elaboration;

  Members(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** What a system has. */
  static List<String> ofSystem(SystemModel model) {
    return model instanceof SystemModel.Molecular ? OF_MOLECULES : OF_SYSTEMS;
  }

  /** The atoms that a topology's name tells apart, and what else it has. */
  static List<String> ofTopology(Topology topology) {
    List<String> names = new ArrayList<>(List.of("atoms"));
    topology.atoms().stream().map(Atom::name).distinct().forEach(names::add);
    return names;
  }

  Value value(Value target, Expression.Member node) {
    String name = node.name().text();
    if (target instanceof Value.Poison) {
      return target;
    }
    if (target instanceof Value.Namespace space) {
      Optional<Declaration.Named> declaration = space.file().declaration(name);
      if (declaration.isEmpty() && space.file().isMissing(name)) {
        return Value.Poison.POISON;
      }
      return declaration.isPresent()
          ? elaboration.value(declaration.get(), space.file(), node.name().span())
          : unknown(target, node, space.file().names());
    }
    if (target instanceof Value.Target system) {
      return system.model() instanceof SystemModel.Molecular molecule
          ? ofMolecule(molecule, system, node)
          : ofAnalytic((SystemModel.Analytic) system.model(), system, node);
    }
    if (target instanceof Value.Molecule molecule) {
      return atom(molecule, node);
    }
    if (target instanceof Value.Part part) {
      return ofPart(part, node);
    }
    if (target instanceof Value.Halves halves) {
      return OF_HALVES.contains(name)
          ? halves.part(name.equals("first"))
          : unknown(target, node, OF_HALVES);
    }
    return unknown(target, node, List.of());
  }

  /** The base density of a layer that has one of its own, and its groups of coordinates. */
  private Value ofPart(Value.Part part, Expression.Member node) {
    Joint joint = part.part().joint();
    String name = node.name().text();
    if (name.equals("latent") && joint.latent().isPresent()) {
      return new Value.Part(base(joint.latent().get()));
    }
    CoordinateMask mask = joint.masks().get(name);
    if (mask != null) {
      return new Value.Mask(mask);
    }
    Optional<String> why = joint.objection(CoordinateKinds.linear(0));
    if (name.equals("latent") && joint.masks().isEmpty() && why.isPresent()) {
      return elaboration.wrong(
          CompositionErrors.doesNotFit(part.part().name(), 1, why.get(), node.span()));
    }
    return unknown(part, node, ofPart(joint));
  }

  static List<String> ofPart(Joint joint) {
    List<String> names = new ArrayList<>(joint.masks().keySet());
    joint.latent().ifPresent(kinds -> names.add(0, "latent"));
    return names;
  }

  /** Normal on the line, uniform on circles, in blocks. */
  private static Part base(CoordinateKinds kinds) {
    List<Part> blocks = new ArrayList<>();
    for (int from = 0; from < kinds.dim(); ) {
      boolean circle = kinds.circular().get(from);
      int to = from;
      while (to < kinds.dim() && kinds.circular().get(to) == circle) {
        to++;
      }
      blocks.add(word(circle ? "circle" : "normal", "dim", (long) (to - from)));
      from = to;
    }
    return blocks.size() == 1 ? blocks.get(0) : word("joint", "blocks", blocks);
  }

  private static Part word(String name, String parameter, Object value) {
    return new Part(Vocabulary.find(name).orElseThrow(), new Arguments(Map.of(parameter, value)));
  }

  private Value atom(Value.Molecule molecule, Expression.Member node) {
    Topology topology = molecule.compound().topology();
    String name = node.name().text();
    AtomSet found = AtomSet.where(topology, i -> topology.atoms().get(i).name().equals(name));
    if (found.places().isEmpty()) {
      return unknown(molecule, node, ofTopology(topology));
    }
    return found.places().size() == 1
        ? new Value.Atoms(found)
        : elaboration.wrong(
            MoleculeErrors.severalAtoms(
                name, node.target().span().text(), found.places().size(), node.name().span()));
  }

  private Value ofMolecule(
      SystemModel.Molecular molecule, Value.Target system, Expression.Member node) {
    return switch (node.name().text()) {
      case "dim" -> new Value.Numeric(new Formula.Number(molecule.dim(), Dimension.NONE));
      case "temperature" ->
          new Value.Numeric(new Formula.Number(molecule.temperature(), Dimension.TEMPERATURE));
      default -> unknown(system, node, OF_MOLECULES);
    };
  }

  private Value ofAnalytic(
      SystemModel.Analytic model, Value.Target system, Expression.Member node) {
    return switch (node.name().text()) {
      case "dim" -> new Value.Numeric(new Formula.Number(model.dim(), Dimension.NONE));
      case "log_z" ->
          model.logZ().isPresent()
              ? new Value.Numeric(new Formula.Number(model.logZ().get(), Dimension.NONE))
              : elaboration.wrong(
                  CompositionErrors.needsLogZ(
                      node.span().text(), model.name(), node.name().span()));
      case "s" -> new Value.Numeric(coordinates(model), OptionalInt.of(model.dim()));
      default -> unknown(system, node, OF_SYSTEMS);
    };
  }

  /** s = R x. */
  private static Formula coordinates(SystemModel.Analytic model) {
    Formula x = new Formula.Variable("x", FormulaType.number(Extent.VECTOR, Dimension.NONE));
    return model.rotation().<Formula>map(matrix -> new Formula.Rotated(matrix, x)).orElse(x);
  }

  private Value unknown(Value target, Expression.Member node, Collection<String> known) {
    return elaboration.wrong(
        NameErrors.unknownMember(target.phrase(), node.name().text(), node.name().span(), known));
  }
}

package org.flowexp.check;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.ParameterType;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Measure;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.FormatException;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * {@code topology("my.psf", pdb = …, params = […])}, {@code butane.atoms(condition)} and the
 * measures between atoms.
 */
final class MoleculeCalls {
  private static final String SHIPPED = "std/";
  private static final Formula X = SampleVariables.find("x").orElseThrow();

  private final Elaboration elaboration;
  private final Scope scope;
  private final Coercion coercion;

  MoleculeCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.coercion = new Coercion(elaboration);
  }

  /** A molecule that is shipped, or one of files. */
  Value topology(Expression.Call node) {
    Map<String, Argument> named = new HashMap<>();
    for (Argument argument : node.arguments()) {
      String name = argument.name().map(n -> n.text()).orElse("psf");
      if (!Set.of("psf", "pdb", "params").contains(name)) {
        return elaboration.wrong(
            TypeErrors.unknownArgument(
                "topology", name, argument.name().get().span(), Set.of("psf", "pdb", "params")));
      }
      if (named.put(name, argument) != null) {
        return elaboration.wrong(
            TypeErrors.argumentCount(
                "topology", "one path", node.arguments().size(), argument.span()));
      }
    }
    if (!named.containsKey("psf")) {
      return elaboration.wrong(TypeErrors.argumentCount("topology", "one path", 0, node.span()));
    }
    Optional<Value.Placed> structure = text(named.get("psf").value());
    if (structure.isEmpty()) {
      return Value.Poison.POISON;
    }
    String path = ((Value.Text) structure.get().value()).text();
    return path.startsWith(SHIPPED)
        ? shipped(path, structure.get().span())
        : files(named, structure.get());
  }

  private Value shipped(String path, Span span) {
    Optional<Compound> found = Compound.shipped(path.substring(SHIPPED.length()));
    List<String> known = ShippedMolecules.names().stream().map(SHIPPED::concat).toList();
    return found.isPresent()
        ? new Value.Molecule(found.get())
        : elaboration.wrong(MoleculeErrors.notShipped(path, known, span));
  }

  private Value files(Map<String, Argument> named, Value.Placed structure) {
    Optional<Value.Placed> positions = Optional.empty();
    List<Value.Placed> parameters = new ArrayList<>();
    boolean complete = true;
    if (named.containsKey("pdb")) {
      positions = text(named.get("pdb").value());
      complete = positions.isPresent();
    }
    if (named.containsKey("params")) {
      Expression written = named.get("params").value();
      List<Expression> paths =
          written instanceof Expression.ListOf list ? list.elements() : List.of(written);
      for (Expression one : paths) {
        Optional<Value.Placed> path = text(one);
        path.ifPresent(parameters::add);
        complete &= path.isPresent();
      }
    }
    List<Value.Placed> all = new ArrayList<>(List.of(structure));
    positions.ifPresent(all::add);
    all.addAll(parameters);
    return complete && allThere(all) ? read(structure, positions, parameters) : Value.Poison.POISON;
  }

  private boolean allThere(List<Value.Placed> files) {
    boolean all = true;
    for (Value.Placed file : files) {
      if (!java.nio.file.Files.isRegularFile(path(file))) {
        elaboration
            .diagnostics()
            .add(MoleculeErrors.noFile(((Value.Text) file.value()).text(), file.span()));
        all = false;
      }
    }
    return all;
  }

  private Value read(
      Value.Placed structure, Optional<Value.Placed> positions, List<Value.Placed> parameters) {
    String name = "`" + ((Value.Text) structure.value()).text() + "`";
    try {
      return new Value.Molecule(
          Compound.read(
              path(structure),
              positions.map(this::path),
              parameters.stream().map(this::path).toList()));
    } catch (FormatException mistake) {
      Span span = structure.span();
      for (Value.Placed file : parameters) {
        span = path(file).getFileName().toString().equals(mistake.file()) ? file.span() : span;
      }
      if (positions.isPresent()
          && path(positions.get()).getFileName().toString().equals(mistake.file())) {
        span = positions.get().span();
      }
      return elaboration.wrong(
          MoleculeErrors.unreadable("the molecule " + name, mistake.getMessage(), span));
    } catch (NoSuchFileException gone) {
      return elaboration.wrong(MoleculeErrors.noFile(gone.getMessage(), structure.span()));
    } catch (IOException broken) {
      return elaboration.wrong(
          MoleculeErrors.unreadable("the molecule " + name, "it is no text", structure.span()));
    }
  }

  private Path path(Value.Placed text) {
    String written = ((Value.Text) text.value()).text();
    try {
      return scope.file().document().file().folder().resolve(written).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }

  private Optional<Value.Placed> text(Expression written) {
    return coercion
        .coerce(
            elaboration.evaluate(written, scope),
            new ParameterType.Text(),
            "the path",
            written.span())
        .map(text -> new Value.Placed(new Value.Text((String) text), written.span()));
  }

  /** A force field that is shipped. */
  Value forceField(Expression.Call node) {
    if (node.arguments().size() != 1) {
      return elaboration.wrong(
          TypeErrors.argumentCount("forcefield", "one path", node.arguments().size(), node.span()));
    }
    Optional<Value.Placed> path = text(node.arguments().get(0).value());
    String known = SHIPPED + ShippedMolecules.FORCE_FIELD;
    if (path.isEmpty()) {
      return Value.Poison.POISON;
    }
    String written = ((Value.Text) path.get().value()).text();
    return written.equals(known)
        ? new Value.ForceField(ShippedMolecules.FORCE_FIELD)
        : elaboration.wrong(MoleculeErrors.notShipped(written, List.of(known), path.get().span()));
  }

  /** The atoms for which a condition on their names, elements, types or residues holds. */
  Value atoms(Value.Molecule molecule, Expression.Call node) {
    if (node.arguments().size() != 1 || node.arguments().get(0).name().isPresent()) {
      return elaboration.wrong(
          TypeErrors.argumentCount("atoms", "one condition", node.arguments().size(), node.span()));
    }
    Expression condition = node.arguments().get(0).value();
    List<Integer> places = new ArrayList<>();
    List<Atom> atoms = molecule.compound().topology().atoms();
    for (int place = 0; place < atoms.size(); place++) {
      Value value = elaboration.evaluate(condition, about(atoms.get(place)));
      if (value instanceof Value.Poison) {
        return value;
      }
      if (!(value instanceof Value.Numeric number)
          || !(number.formula() instanceof Formula.Truth truth)) {
        return elaboration.wrong(
            TypeErrors.mismatch(
                "`atoms`",
                "a condition on an atom, such as `element != \"H\"`",
                value.phrase(),
                condition.span()));
      }
      if (truth.value()) {
        places.add(place);
      }
    }
    return places.isEmpty()
        ? elaboration.wrong(
            MoleculeErrors.wrongAtoms("`atoms`", "at least one atom", "none", condition.span()))
        : new Value.Atoms(new AtomSet(molecule.compound().topology(), places));
  }

  private Scope about(Atom atom) {
    return scope
        .with("name", new Value.Text(atom.name()))
        .with("element", new Value.Text(atom.element()))
        .with("type", new Value.Text(atom.type()))
        .with("residue", new Value.Text(atom.residue()))
        .with("residue_id", new Value.Text(atom.residueId()))
        .with("mass", new Value.Numeric(new Formula.Number(atom.mass(), Dimension.MASS)))
        .with("charge", new Value.Numeric(new Formula.Number(atom.charge(), Dimension.CHARGE)));
  }

  /** A distance or an angle between atoms, one value per sample. */
  Value measure(Measure measure, Expression.Call node) {
    if (!scope.hasSamples()) {
      return elaboration.wrong(TypeErrors.notHere(measure.word(), node.target().span()));
    }
    String wanted = measure.atoms() + " atoms";
    if (node.arguments().size() != measure.atoms()) {
      return elaboration.wrong(
          TypeErrors.argumentCount(measure.word(), wanted, node.arguments().size(), node.span()));
    }
    List<Value.Placed> each = new ArrayList<>();
    for (Argument argument : node.arguments()) {
      Value value = elaboration.evaluate(argument.value(), scope);
      if (value instanceof Value.Poison) {
        return value;
      }
      if (!(value instanceof Value.Atoms atom) || atom.set().places().size() != 1) {
        return elaboration.wrong(
            MoleculeErrors.wrongAtoms(
                "`" + measure.word() + "`", wanted, value.phrase(), argument.span()));
      }
      each.add(new Value.Placed(value, argument.span()));
    }
    Optional<AtomSet> all =
        coercion
            .coerce(
                new Value.ListOf(each),
                new ParameterType.Atoms(measure.atoms()),
                measure.word(),
                node.span())
            .map(AtomSet.class::cast);
    return all.<Value>map(
            set ->
                new Value.Numeric(
                    new Formula.Measured(measure, X, set.places(), set.topology().size())))
        .orElse(Value.Poison.POISON);
  }
}

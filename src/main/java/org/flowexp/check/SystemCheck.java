package org.flowexp.check;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.flowexp.catalog.Part;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;
import org.flowexp.model.SystemModel;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;
import org.flowexp.source.Span;

/** From a word for a system with checked arguments to its model. */
final class SystemCheck {
  /** A rotation takes dim^3 operations to draw. */
  private static final int MOST_ROTATED = 500;

  private final Elaboration elaboration;

  SystemCheck(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Value of(Part part, Span span) {
    return part.arguments().values().get("topology") instanceof Compound compound
        ? molecular(compound, part, span)
        : analytic(part, span);
  }

  /** The words of its definition are `dim`, `rotation`, `energy`, `log_z`. */
  private Value analytic(Part part, Span span) {
    Map<String, Object> values = part.arguments().values();
    int dim = ((Long) values.get("dim")).intValue();
    Optional<Long> beyond = CoordinateRange.beyond((Formula) values.get("energy"), dim);
    if (beyond.isPresent()) {
      return elaboration.wrong(
          CompositionErrors.noCoordinate(beyond.get(), "the system", dim, span, span));
    }
    if (values.containsKey("rotation") && dim > MOST_ROTATED) {
      return elaboration.wrong(
          ValueErrors.outOfRange(
              "dim", "at most " + MOST_ROTATED + " with a rotation", Integer.toString(dim), span));
    }
    Optional<Matrix> rotation =
        Optional.ofNullable((Part) values.get("rotation"))
            .map(r -> (Matrix) r.create(IntFunction.class).apply(dim));
    Optional<Double> logZ =
        Optional.ofNullable((Formula.Number) values.get("log_z")).map(Formula.Number::value);
    return new Value.Target(
        new SystemModel.Analytic(span.text(), dim, rotation, (Formula) values.get("energy"), logZ),
        part);
  }

  private Value molecular(Compound compound, Part part, Span span) {
    Map<String, Object> values = part.arguments().values();
    Optional<Part> pose = Optional.ofNullable((Part) values.get("pose"));
    Optional<Diagnostic> mistake =
        parameters(compound, Optional.ofNullable((String) values.get("forcefield")), span)
            .or(() -> pose.flatMap(p -> strangers(compound, p, span)));
    if (mistake.isPresent()) {
      return elaboration.wrong(mistake.get());
    }
    return new Value.Target(
        new SystemModel.Molecular(
            span.text(),
            compound,
            (Double) values.get("temperature"),
            Optional.ofNullable((Part) values.get("clamp")),
            pose,
            SystemModel.Molecular.Hydrogens.valueOf(
                ((String) values.get("hydrogens")).toUpperCase(Locale.ROOT))),
        part);
  }

  private static Optional<Diagnostic> parameters(
      Compound compound, Optional<String> wanted, Span span) {
    boolean good =
        compound.forceField().isPresent() && wanted.map(compound.source()::equals).orElse(true);
    return good
        ? Optional.empty()
        : Optional.of(
            MoleculeErrors.noParameters(
                compound.topology().name(),
                wanted.map(name -> "`" + name + "`").orElse("a force field"),
                compound.source(),
                span));
  }

  private static Optional<Diagnostic> strangers(Compound compound, Part pose, Span span) {
    return pose.arguments().values().values().stream()
        .filter(AtomSet.class::isInstance)
        .map(atoms -> ((AtomSet) atoms).topology())
        .filter(topology -> !topology.equals(compound.topology()))
        .findFirst()
        .map(
            topology ->
                MoleculeErrors.otherMolecule(
                    "`" + pose.name() + "`",
                    "`" + topology.name() + "`",
                    "`" + compound.topology().name() + "`",
                    span));
  }
}

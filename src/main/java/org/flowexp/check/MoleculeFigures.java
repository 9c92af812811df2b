package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Measure;
import org.flowexp.expression.Operation;
import org.flowexp.model.FigureModel;
import org.flowexp.model.SystemModel;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Pair;
import org.flowexp.molecule.Topology;
import org.flowexp.molecule.Triple;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;

/** Distributions that a molecule's topology and force field define. */
final class MoleculeFigures {
  private static final Formula X = SampleVariables.find("x").orElseThrow();

  private final Elaboration elaboration;
  private final Topology topology;
  private final ForceField field;
  private final List<Integer> atoms;
  private final String word;
  private final Span span;

  private MoleculeFigures(
      Elaboration elaboration,
      Topology topology,
      ForceField field,
      List<Integer> atoms,
      String word,
      Span span) {
    this.elaboration = elaboration;
    this.topology = topology;
    this.field = field;
    this.atoms = List.copyOf(atoms);
    this.word = word;
    this.span = span;
  }

  /**
   * Of a system.
   *
   * @param word to speak of
   * @param between the only atoms that count, an {@link AtomSet}; else all
   * @return empty if they are atoms of another molecule, which is said
   */
  static Optional<MoleculeFigures> of(
      Elaboration elaboration,
      SystemModel.Molecular system,
      String word,
      Optional<Object> between,
      Span span) {
    Topology topology = system.compound().topology();
    List<Integer> atoms = IntStream.range(0, topology.size()).boxed().toList();
    if (between.isPresent()) {
      AtomSet set = (AtomSet) between.get();
      if (!set.topology().equals(topology)) {
        elaboration
            .diagnostics()
            .add(
                MoleculeErrors.otherMolecule(
                    "`" + word + "`",
                    "`" + set.topology().name() + "`",
                    "`" + topology.name() + "`",
                    span));
        return Optional.empty();
      }
      atoms = set.places();
    }
    ForceField field = system.compound().forceField().orElseThrow();
    return Optional.of(new MoleculeFigures(elaboration, topology, field, atoms, word, span));
  }

  private String element(int place) {
    return topology.atoms().get(place).element();
  }

  /** Elements in the order that is the same from both ends. */
  private String kind(List<Integer> places) {
    List<String> forth = places.stream().map(this::element).toList();
    List<String> back = new ArrayList<>(forth);
    java.util.Collections.reverse(back);
    String one = String.join("–", forth);
    String other = String.join("–", back);
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Lengths of bonds, by the elements they join. */
  List<FigureModel> bonds(int bins) {
    Stream<List<Integer>> bonds =
        topology.bonds().stream().map((Couple b) -> List.of(b.i(), b.j()));
    return byKind(Measure.DISTANCE, "bond length", bonds, bins);
  }

  /** Angles between two bonds of an atom, by elements. */
  List<FigureModel> angles(int bins) {
    Stream<List<Integer>> angles =
        topology.angles().stream().map((Triple a) -> List.of(a.i(), a.j(), a.k()));
    return byKind(Measure.ANGLE, "angle", angles, bins);
  }

  private List<FigureModel> byKind(
      Measure measure, String what, Stream<List<Integer>> places, int bins) {
    Map<String, List<List<Formula>>> kinds = new TreeMap<>();
    places
        .filter(atoms::containsAll)
        .forEach(
            p ->
                kinds
                    .computeIfAbsent(kind(p), k -> new ArrayList<>())
                    .add(List.of(new Formula.Measured(measure, X, p, topology.size()))));
    if (kinds.isEmpty()) {
      elaboration
          .diagnostics()
          .add(
              FigureErrors.nothingToMeasure(word, "none has all its ends among these atoms", span));
    }
    List<FigureModel> figures = new ArrayList<>();
    kinds.forEach(
        (kind, points) ->
            figures.add(
                new FigureModel.Distribution(
                    kind + " " + what,
                    false,
                    List.of(Observables.axis(kind + " " + what, points.get(0).get(0), bins)),
                    points,
                    Optional.empty())));
    return figures;
  }

  /**
   * The least r/R over atoms three or more bonds apart, R where the Lennard-Jones energy of the
   * pair is lowest: the sum of the two Rmin/2, or what the force field says of this pair.
   */
  List<FigureModel> clashes(double below, FigureModel.Range range, int bins) {
    List<Formula> contacts =
        Stream.concat(field.pairs().stream(), field.pairs14().stream())
            .filter(pair -> pair.distance() > 0)
            .map(this::contact)
            .toList();
    if (contacts.isEmpty()) {
      elaboration
          .diagnostics()
          .add(FigureErrors.nothingToMeasure(word, "no two atoms are three bonds apart", span));
      return List.of();
    }
    return List.of(
        new FigureModel.Distribution(
            "closest contact",
            false,
            List.of(
                new FigureModel.Axis(
                    "closest contact, r/Rmin", "", 1, false, bins, Optional.of(range))),
            List.of(List.of(least(contacts))),
            Optional.of(below)));
  }

  private Formula contact(Pair pair) {
    Formula distance =
        new Formula.Measured(Measure.DISTANCE, X, List.of(pair.i(), pair.j()), topology.size());
    return new Formula.Apply(
        Operation.DIVIDE,
        List.of(distance, new Formula.Number(pair.distance(), Dimension.LENGTH)),
        FormulaType.number(Extent.BATCH, Dimension.NONE));
  }

  /** Halved, so that the formula is not as deep as there are pairs. */
  private static Formula least(List<Formula> formulas) {
    int half = formulas.size() / 2;
    return half == 0
        ? formulas.get(0)
        : new Formula.Apply(
            Operation.MIN,
            List.of(
                least(formulas.subList(0, half)), least(formulas.subList(half, formulas.size()))),
            FormulaType.number(Extent.BATCH, Dimension.NONE));
  }
}

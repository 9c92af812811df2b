package org.flowexp.energy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.flowexp.geometry.Dihedrals;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Improper;
import org.flowexp.molecule.Quadruple;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The energy of a molecule in vacuum without a cutoff, in kJ/mol, term by term. First derivatives
 * exist everywhere; second ones do not in TensorFlow, for lack of a derivative of its square root's
 * gradient.
 *
 * @param atoms the number of atoms N
 */
public record ForceFieldEnergy(int atoms, ForceField field) {

  /**
   * Every term, zeros where a molecule has none: positions [batch, 3N] (x, y, z of the first atom,
   * of the second, …; nm) to [batch], kJ/mol.
   */
  public Map<EnergyTerm, Operand<TFloating>> terms(GraphBuilder g, Operand<TFloating> x) {
    Vectors positions = Vectors.ofPositions(g, x, atoms);
    Operand<TFloating> none = g.sum(g.tf().zerosLike(x), 1);
    Map<EnergyTerm, Operand<TFloating>> terms = new EnumMap<>(EnergyTerm.class);
    for (EnergyTerm term : EnergyTerm.values()) {
      terms.put(term, none);
    }
    terms.putAll(new DistanceTerms(atoms, field).terms(g, positions));
    if (!field.angles().isEmpty()) {
      terms.put(EnergyTerm.ANGLE, new AngleTerms(atoms, field.angles()).energy(g, positions));
    }
    terms.putAll(dihedralTerms(g, positions));
    return terms;
  }

  /** The sum of all terms: positions [batch, 3N], nm, to [batch], kJ/mol. */
  public Operand<TFloating> total(GraphBuilder g, Operand<TFloating> x) {
    return g.tf().math.addN(List.copyOf(terms(g, x).values()));
  }

  /** The sum of some terms [batch]. */
  public static Operand<TFloating> sum(
      GraphBuilder g, Map<EnergyTerm, Operand<TFloating>> terms, boolean nonbonded) {
    List<Operand<TFloating>> chosen = new ArrayList<>();
    terms.forEach(
        (term, value) -> {
          if (term.isNonbonded() == nonbonded) {
            chosen.add(value);
          }
        });
    return g.tf().math.addN(chosen);
  }

  private Map<EnergyTerm, Operand<TFloating>> dihedralTerms(GraphBuilder g, Vectors positions) {
    TorsionSeries series = new TorsionSeries(field.torsions());
    CorrectionSurface surface = new CorrectionSurface(field);
    List<Quadruple> impropers = field.impropers().stream().map(Improper::atoms).toList();
    List<List<Quadruple>> kinds = List.of(series.quadruples(), impropers, surface.quadruples());
    List<Quadruple> all = kinds.stream().flatMap(List::stream).toList();
    Map<EnergyTerm, Operand<TFloating>> terms = new EnumMap<>(EnergyTerm.class);
    if (all.isEmpty()) {
      return terms;
    }
    List<Dihedrals> angles =
        Dihedrals.of(g, positions, atoms, all)
            .split(g, kinds.stream().mapToInt(List::size).toArray());
    if (!series.quadruples().isEmpty()) {
      terms.put(EnergyTerm.TORSION, series.energy(g, angles.get(0)));
    }
    if (!impropers.isEmpty()) {
      terms.put(EnergyTerm.IMPROPER, impropers(g, angles.get(1)));
    }
    if (!surface.quadruples().isEmpty()) {
      terms.put(EnergyTerm.CMAP, surface.energy(g, angles.get(2)));
    }
    return terms;
  }

  private Operand<TFloating> impropers(GraphBuilder g, Dihedrals angles) {
    var tf = g.tf();
    double[] origins = field.impropers().stream().mapToDouble(Improper::angle).toArray();
    double[] stiffness = field.impropers().stream().mapToDouble(Improper::stiffness).toArray();
    Operand<TFloating> squares = tf.math.square(angles.from(g, origins));
    return tf.reshape(
        tf.linalg.matMul(g.constant(stiffness, 1, stiffness.length), squares), tf.array(-1));
  }
}

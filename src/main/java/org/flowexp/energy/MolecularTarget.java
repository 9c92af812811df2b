package org.flowexp.energy;

import java.util.Map;
import java.util.Optional;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A molecule at a temperature: u = (bonded + clamp(nonbonded) + penalty)/kT over positions [batch,
 * 3N].
 *
 * @param energy without clamp and penalty
 * @param kT kJ/mol
 * @param clamp of Lennard-Jones + Coulomb
 * @param penalty on the pose
 */
public record MolecularTarget(
    ForceFieldEnergy energy, double kT, Optional<Clamp> clamp, Optional<AlignmentPenalty> penalty)
    implements ReducedEnergy {
  /** Checks the temperature. */
  public MolecularTarget {
    if (!(kT > 0)) {
      throw new IllegalArgumentException("kT = " + kT);
    }
  }

  @Override
  public int dim() {
    return 3 * energy.atoms();
  }

  @Override
  public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
    var tf = g.tf();
    Map<EnergyTerm, Operand<TFloating>> terms = energy.terms(g, x);
    Operand<TFloating> bonded = ForceFieldEnergy.sum(g, terms, false);
    Operand<TFloating> nonbonded = ForceFieldEnergy.sum(g, terms, true);
    Operand<TFloating> sum =
        tf.math.add(bonded, clamp.map(bound -> bound.of(g, nonbonded)).orElse(nonbonded));
    Operand<TFloating> held =
        penalty.<Operand<TFloating>>map(pose -> tf.math.add(sum, pose.energy(g, x))).orElse(sum);
    return tf.math.mul(held, g.constant(1 / kT));
  }
}

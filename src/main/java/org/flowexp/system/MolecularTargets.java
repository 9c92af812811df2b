package org.flowexp.system;

import java.util.Optional;
import org.flowexp.catalog.Part;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Compound;
import org.flowexp.units.Constants;

/** From what an experiment says of a molecule to its energy. */
public final class MolecularTargets {
  private MolecularTargets() {}

  /**
   * The target over positions [batch, 3N].
   *
   * @param compound has parameters
   * @param temperature K
   */
  public static MolecularTarget of(
      Compound compound, double temperature, Optional<Part> clamp, Optional<Part> pose) {
    double kT = Constants.BOLTZMANN * temperature;
    return new MolecularTarget(
        new ForceFieldEnergy(compound.topology().size(), compound.forceField().orElseThrow()),
        kT,
        clamp.map(part -> part.create(LogarithmicClamp.class).at(kT)),
        pose.flatMap(part -> part.create(Posing.class).penalty()));
  }
}

package org.flowexp.system;

import org.flowexp.energy.Clamp;

/**
 * A clamp as an experiment states it: its width is kT.
 *
 * @param above kJ/mol
 */
public record LogarithmicClamp(double above) {
  /** At a temperature, kT in kJ/mol. */
  public Clamp at(double kT) {
    return new Clamp(above, kT);
  }
}

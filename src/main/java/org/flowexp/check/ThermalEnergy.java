package org.flowexp.check;

import java.util.List;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.model.SystemModel;
import org.flowexp.units.Constants;
import org.flowexp.units.Dimension;

/**
 * kT of the system that a metric is measured on. A metric is declared apart from its systems, and
 * may be measured on several, so its formula has a variable until an experiment names one.
 */
final class ThermalEnergy {
  /** No name of the language has a space. */
  private static final String NAME = "kT of the system";

  private static final FormulaType MOLAR = FormulaType.number(Extent.SCALAR, Dimension.ENERGY);

  private ThermalEnergy() {}

  /** Whether a set is told by distances or angles of atoms: such a system has a temperature. */
  static boolean isOfAtoms(Formula set) {
    return Formulas.contains(set, part -> part instanceof Formula.Measured);
  }

  /** A number in units of kT as a molar energy. */
  static Formula times(Formula number) {
    return new Formula.Apply(
        Operation.MULTIPLY, List.of(new Formula.Variable(NAME, MOLAR), number), MOLAR);
  }

  /** The formula as measured on this system. */
  static Formula of(SystemModel system, Formula metric) {
    return system instanceof SystemModel.Molecular molecule
        ? Formulas.with(metric, NAME, Constants.BOLTZMANN * molecule.temperature())
        : metric;
  }
}

package org.flowexp.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowexp.expression.Formula;
import org.flowexp.expression.ModeMeasure;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.units.Constants;
import org.flowexp.units.Dimension;

/** The functions and constants that are part of the language. */
final class Builtins {
  private static final Map<String, Operation> ELEMENTWISE = new LinkedHashMap<>();
  private static final Map<String, Reduction> REDUCTIONS = new LinkedHashMap<>();
  private static final Map<String, Formula.Number> CONSTANTS = new LinkedHashMap<>();
  private static final Set<String> SPECIAL =
      Set.of(
          "stop",
          "softmax",
          "integral",
          "every",
          "coordinates",
          "probability",
          "forward_kl",
          "topology",
          "forcefield",
          "distance",
          "angle",
          "dihedral",
          "inversion_error",
          "load",
          "run");
  private static final Map<String, ModeMeasure> MODES = new LinkedHashMap<>();

  static {
    for (Operation operation :
        new Operation[] {
          Operation.EXP,
          Operation.LOG,
          Operation.SQRT,
          Operation.ABS,
          Operation.RELU,
          Operation.TANH,
          Operation.SIGMOID,
          Operation.SOFTPLUS,
          Operation.FLOOR,
          Operation.SIN,
          Operation.COS
        }) {
      ELEMENTWISE.put(operation.word(), operation);
    }
    for (Reduction reduction : Reduction.values()) {
      REDUCTIONS.put(reduction.word(), reduction);
    }
    for (ModeMeasure measure : ModeMeasure.values()) {
      MODES.put(measure.word(), measure);
    }
    CONSTANTS.put("pi", new Formula.Number(Math.PI, Dimension.NONE));
    CONSTANTS.put(
        "kB", new Formula.Number(Constants.BOLTZMANN, Dimension.ENERGY.per(Dimension.TEMPERATURE)));
  }

  private Builtins() {}

  static boolean isFunction(String name) {
    return ELEMENTWISE.containsKey(name)
        || REDUCTIONS.containsKey(name)
        || MODES.containsKey(name)
        || EstimatorCalls.names().contains(name)
        || SPECIAL.contains(name);
  }

  static Optional<Operation> elementwise(String name) {
    return Optional.ofNullable(ELEMENTWISE.get(name));
  }

  static Optional<Reduction> reduction(String name) {
    return Optional.ofNullable(REDUCTIONS.get(name));
  }

  static Optional<ModeMeasure> modes(String name) {
    return Optional.ofNullable(MODES.get(name));
  }

  static Optional<Formula.Number> constant(String name) {
    return Optional.ofNullable(CONSTANTS.get(name));
  }

  static Set<String> names() {
    Set<String> names = new TreeSet<>(ELEMENTWISE.keySet());
    names.addAll(REDUCTIONS.keySet());
    names.addAll(MODES.keySet());
    names.addAll(EstimatorCalls.names());
    names.addAll(SPECIAL);
    names.addAll(CONSTANTS.keySet());
    return names;
  }
}

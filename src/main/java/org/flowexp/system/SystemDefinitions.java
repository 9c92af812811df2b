package org.flowexp.system;

import static org.flowexp.units.Dimension.NONE;

import java.util.List;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;

/** The systems that the language knows, and what they are made of. */
public final class SystemDefinitions {
  private static final Parameter<Long> DIM =
      Parameter.whole("dim", NONE, 1, 100_000, "the number of coordinates");
  private static final Parameter<Part> ROTATION =
      Parameter.part("rotation", Category.ROTATION, "R in s = R x; without it, s = x")
          .mayBeMissing();
  private static final Parameter<Formula> ENERGY =
      Parameter.of(
          "energy", new ParameterType.FormulaOf("s", true), Formula.class, "u of s, in kT");
  private static final Parameter<Formula> LOG_Z =
      Parameter.of(
              "log_z",
              new ParameterType.FormulaOf("", false),
              Formula.class,
              "log of the integral of e^-u over all x, where it is known")
          .mayBeMissing();
  private static final Parameter<Long> SEED =
      Parameter.whole("seed", NONE, 0, Long.MAX_VALUE, "which rotation");

  private static final Definition<Arguments> ANALYTIC =
      new Definition<>(
          "analytic",
          Category.SYSTEM,
          Form.BLOCK,
          "a target given by a formula for its energy",
          List.of(DIM, ROTATION, ENERGY, LOG_Z),
          "system flat = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }",
          arguments -> arguments);

  private static final Definition<Rotation> RANDOM_ROTATION =
      new Definition<>(
          "random_rotation",
          Category.ROTATION,
          Form.FUNCTION,
          "a fixed orthogonal matrix, drawn uniformly",
          List.of(SEED),
          "system turned = analytic { dim = 2, rotation = random_rotation(seed = 7), energy ="
              + " s[0]^2 }",
          arguments -> Rotation.random(arguments.get(SEED)));

  private SystemDefinitions() {}

  /** All systems, and what they are made of. */
  public static List<Definition<?>> all() {
    return List.of(
        ANALYTIC,
        RANDOM_ROTATION,
        MoleculeDefinitions.MOLECULE,
        MoleculeDefinitions.LOGARITHMIC,
        MoleculeDefinitions.FIXED,
        MoleculeDefinitions.ALIGNMENT_PENALTY);
  }
}

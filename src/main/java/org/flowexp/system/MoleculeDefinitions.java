package org.flowexp.system;

import static org.flowexp.units.Dimension.ANGLE;
import static org.flowexp.units.Dimension.ENERGY;
import static org.flowexp.units.Dimension.LENGTH;
import static org.flowexp.units.Dimension.TEMPERATURE;

import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;
import org.flowexp.energy.AlignmentPenalty;
import org.flowexp.molecule.AtomSet;

/** Molecules as the language states them. */
final class MoleculeDefinitions {
  private static final Parameter<Object> TOPOLOGY =
      Parameter.of(
          "topology",
          ParameterType.Declared.TOPOLOGY,
          Object.class,
          "the atoms, such as `butane` of std/molecules or `topology(\"my.psf\", params = […])`");
  private static final Parameter<Object> FORCE_FIELD =
      Parameter.of(
              "forcefield",
              ParameterType.Declared.FORCE_FIELD,
              Object.class,
              "the energy; the topology's own parameters unless told")
          .mayBeMissing();
  private static final Parameter<Double> TEMPERATURE_OF =
      Parameter.positive("temperature", TEMPERATURE, "u is the energy in units of kB times this");
  private static final Parameter<String> CUTOFF =
      Parameter.choice("cutoff", List.of("none"), "all pairs of atoms count").orElse("none");
  private static final Parameter<Part> CLAMP =
      Parameter.part("clamp", Category.CLAMP, "keeps the energy of clashes finite").mayBeMissing();
  private static final Parameter<Part> POSE =
      Parameter.part(
              "pose",
              Category.POSE,
              "`fixed` for a density on shapes, or `alignment_penalty { … }`; free unless told")
          .mayBeMissing();
  private static final Parameter<String> HYDROGENS =
      Parameter.choice(
              "hydrogens",
              List.of("sampled", "placed"),
              "`placed`: the density is one of heavy atoms, and a flow that ends in"
                  + " `place_hydrogens` says where they are")
          .orElse("sampled");

  private static final Parameter<String> OF =
      Parameter.choice("of", List.of("nonbonded"), "Lennard-Jones and Coulomb together")
          .orElse("nonbonded");
  private static final Parameter<Double> ABOVE =
      Parameter.real("above", ENERGY, "the energy from which on it grows as a logarithm");

  private static final Parameter<AtomSet> FRAME =
      Parameter.of(
          "frame",
          new ParameterType.Atoms(3),
          AtomSet.class,
          "three atoms far from collinear, whose axes are turned against those of space");
  private static final Parameter<AtomSet> CENTRE =
      Parameter.of(
          "centre", new ParameterType.Atoms(0), AtomSet.class, "atoms whose mean is held at 0");
  private static final Parameter<Double> MAX_ROTATION =
      Parameter.of(
          "max_rotation",
          new ParameterType.Real(ANGLE, 0, Math.PI, false),
          Double.class,
          "up to this angle turning costs nothing");
  private static final Parameter<Double> TRANSLATION =
      Parameter.positive("translation", ENERGY.per(LENGTH).per(LENGTH), "k_t in k_t |centre|^2");
  private static final Parameter<Double> ROTATION =
      Parameter.positive(
          "rotation", ENERGY, "k_r in k_r max(0, cos max_rotation - cos rotation)^2");

  private static final String BUTANE = "import \"std/molecules\" { butane, charmm36 }\n";

  static final Definition<Arguments> MOLECULE =
      new Definition<>(
          "molecule",
          Category.SYSTEM,
          Form.BLOCK,
          "a molecule in vacuum at a temperature; x are the positions of its atoms in nm",
          List.of(TOPOLOGY, FORCE_FIELD, TEMPERATURE_OF, CUTOFF, CLAMP, POSE, HYDROGENS),
          BUTANE
              + "system shape = molecule { topology = butane, forcefield = charmm36, temperature ="
              + " 300 K, pose = fixed }",
          arguments -> arguments);

  static final Definition<LogarithmicClamp> LOGARITHMIC =
      new Definition<>(
          "logarithmic",
          Category.CLAMP,
          Form.BLOCK,
          "e above e0 becomes e0 + kT log(1 + (e - e0)/kT), continuous with its derivative",
          List.of(OF, ABOVE),
          "let softened = logarithmic { of = nonbonded, above = 500 kJ/mol }",
          arguments -> new LogarithmicClamp(arguments.get(ABOVE)));

  static final Definition<Posing> FIXED =
      new Definition<>(
          "fixed",
          Category.POSE,
          Form.FUNCTION,
          "no position and orientation: a density on the 3N - 6 coordinates of shapes",
          List.of(),
          BUTANE
              + "system shape = molecule { topology = butane, temperature = 300 K, pose = fixed }",
          arguments -> new Shapes(),
          arguments -> Optional::empty);

  static final Definition<Posing> ALIGNMENT_PENALTY =
      new Definition<>(
          "alignment_penalty",
          Category.POSE,
          Form.BLOCK,
          "position and orientation cost energy, shapes are as likely as without it",
          List.of(FRAME, CENTRE, MAX_ROTATION, TRANSLATION, ROTATION),
          BUTANE
              + """
              system posed = molecule { topology = butane, temperature = 300 K
                pose = alignment_penalty {
                  frame = [butane.C1, butane.C2, butane.C3], centre = butane.atoms(element != "H")
                  max_rotation = 60 deg, translation = 1_000 kJ/mol/nm^2, rotation = 500 kJ/mol
                }
              }""",
          arguments -> () -> Optional.of(penalty(arguments)));

  private MoleculeDefinitions() {}

  private static AlignmentPenalty penalty(Arguments arguments) {
    AtomSet frame = arguments.get(FRAME);
    return new AlignmentPenalty(
        frame.topology().size(),
        frame.places(),
        arguments.get(CENTRE).places(),
        arguments.get(TRANSLATION),
        arguments.get(ROTATION),
        arguments.get(MAX_ROTATION));
  }

  /** From positions to shapes: six coordinates fewer. */
  private record Shapes() implements Joint {
    @Override
    public CoordinateKinds after(CoordinateKinds positions) {
      return CoordinateKinds.linear(positions.dim() - 6);
    }
  }
}

package org.flowexp.coordinates;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.flow.Activation;
import org.flowexp.flow.Layer;
import org.flowexp.flow.Network;
import org.flowexp.flow.Whitening;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;

/** The coordinates of molecules that the language knows. */
public final class CoordinateDefinitions {
  private static final Parameter<Compound> TOPOLOGY =
      Parameter.of(
          "topology",
          ParameterType.Declared.TOPOLOGY,
          Compound.class,
          "the molecule; its bonds say how atoms are placed one after the other");
  private static final Parameter<Object> WHITEN =
      Parameter.of(
              "whiten",
              ParameterType.Declared.ROWS,
              Object.class,
              "data whose distances and angles get mean 0 and unit covariance; typical widths about"
                  + " the reference unless given")
          .mayBeMissing();
  private static final Parameter<String> AXES =
      Parameter.choice(
              "axes",
              List.of("cholesky", "principal"),
              "of the whitening: lower triangular, or along the principal axes")
          .orElse("cholesky");

  private static final Parameter<AtomSet> ATOMS =
      Parameter.of(
              "atoms",
              new ParameterType.Atoms(0),
              AtomSet.class,
              "those that have coordinates, as if the others were not there; all unless told")
          .mayBeMissing();
  private static final Parameter<?> HIDDEN =
      Parameter.of(
          "hidden",
          new ParameterType.Wholes(1, 65_536),
          List.class,
          "widths of the network's hidden layers");

  private static final Definition<Layer> PLACE_HYDROGENS =
      new Definition<>(
          "place_hydrogens",
          Category.LAYER,
          Form.BLOCK,
          "puts the hydrogens onto heavy atoms, in local frames, by a network of the heavy atoms'"
              + " distances and angles; last, for a system whose hydrogens are `placed`",
          List.of(TOPOLOGY, HIDDEN),
          """
          import "std/molecules" { butane }
          let zmat = internal_coordinates { topology = butane, atoms = butane.atoms(element != "H") }
          architecture shapes = zmat.latent >> zmat >> place_hydrogens { topology = butane, hidden = [32, 32] }""",
          arguments -> HydrogenJoint.of(arguments.get(TOPOLOGY)),
          CoordinateDefinitions::hydrogens);

  private static final Definition<Layer> INTERNAL_COORDINATES =
      new Definition<>(
          "internal_coordinates",
          Category.LAYER,
          Form.BLOCK,
          "3N - 6 distances, angles and torsions to positions in a fixed pose; mirror images and"
              + " cis amides have no place. `latent` is its base; `bonds`, `angles`, `impropers` and"
              + " `torsions` are masks",
          List.of(TOPOLOGY, ATOMS, WHITEN, AXES),
          """
          import "std/molecules" { butane }
          let zmat = internal_coordinates { topology = butane }
          architecture shapes = zmat.latent >> zmat""",
          arguments -> InternalJoint.of(arguments.get(TOPOLOGY), arguments.find(ATOMS)),
          CoordinateDefinitions::layer);

  private CoordinateDefinitions() {}

  /** All of them. */
  public static List<Definition<?>> all() {
    return List.of(INTERNAL_COORDINATES, PLACE_HYDROGENS);
  }

  private static Layer hydrogens(Arguments arguments) {
    Compound compound = arguments.get(TOPOLOGY);
    List<Integer> hidden =
        arguments.list(HIDDEN, Long.class).stream().map(Math::toIntExact).toList();
    Network network = new Network(hidden, Activation.SILU, Network.Connection.PLAIN);
    return (parameters, name, before) -> new HydrogenPlacement(parameters, name, compound, network);
  }

  /** The rows are there once the graph is built; while the file is checked, their source is. */
  private static Layer layer(Arguments arguments) {
    Optional<double[][]> rows = arguments.find(WHITEN).map(double[][].class::cast);
    return new InternalLayer(
        arguments.get(TOPOLOGY),
        arguments.find(ATOMS),
        rows,
        Whitening.Factor.valueOf(arguments.get(AXES).toUpperCase(Locale.ROOT)));
  }
}

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
import org.flowexp.flow.Layer;
import org.flowexp.flow.Whitening;
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

  private static final Definition<Layer> INTERNAL_COORDINATES =
      new Definition<>(
          "internal_coordinates",
          Category.LAYER,
          Form.BLOCK,
          "3N - 6 distances, angles and torsions to positions in a fixed pose; mirror images and"
              + " cis amides have no place. `latent` is its base; `bonds`, `angles`, `impropers` and"
              + " `torsions` are masks",
          List.of(TOPOLOGY, WHITEN, AXES),
          """
          import "std/molecules" { butane }
          let zmat = internal_coordinates { topology = butane }
          architecture shapes = zmat.latent >> zmat""",
          arguments -> InternalJoint.of(arguments.get(TOPOLOGY)),
          CoordinateDefinitions::layer);

  private CoordinateDefinitions() {}

  /** All of them. */
  public static List<Definition<?>> all() {
    return List.of(INTERNAL_COORDINATES);
  }

  /** The rows are there once the graph is built; while the file is checked, their source is. */
  private static Layer layer(Arguments arguments) {
    Optional<double[][]> rows = arguments.find(WHITEN).map(double[][].class::cast);
    return new InternalLayer(
        arguments.get(TOPOLOGY),
        rows,
        Whitening.Factor.valueOf(arguments.get(AXES).toUpperCase(Locale.ROOT)));
  }
}

package org.flowexp.report;

import java.util.List;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.ParameterType.Declared;
import org.flowexp.units.Dimension;

/**
 * The figures that the language knows. What a figure counts is for the checker to say, which knows
 * the system; what it looks like is for the page.
 */
public final class FigureDefinitions {
  /** Of an observable, or of two. */
  public static final String FREE_ENERGY = "free_energy";

  /** Of an observable. */
  public static final String HISTOGRAM = "histogram";

  /** Of the target's energy. */
  public static final String ENERGIES = "energies";

  /** Of lengths between bonded atoms. */
  public static final String BONDS = "bonds";

  /** Of angles at an atom between two bonded to it. */
  public static final String ANGLES = "angles";

  /** Of the closest contact of atoms that are not bonded. */
  public static final String CLASHES = "clashes";

  /** Of metrics. */
  public static final String ESTIMATES = "estimates";

  /** The observable along the axis. */
  public static final Parameter<Object> X =
      Parameter.of("observable", new ParameterType.Observable(), Object.class, "along the axis");

  /** The observable along the other axis. */
  public static final Parameter<Object> Y =
      Parameter.of(
              "other",
              new ParameterType.Observable(),
              Object.class,
              "a second observable, for a surface; without it, a profile")
          .mayBeMissing();

  /** How many bins an axis has. */
  public static final Parameter<Long> BINS =
      Parameter.whole("bins", Dimension.NONE, 4, 400, "equal bins of each axis").mayBeMissing();

  /** Atoms that have to be at all ends. */
  public static final Parameter<Object> ATOMS =
      Parameter.of(
              "atoms",
              new ParameterType.Atoms(0),
              Object.class,
              "only between these; without it, between all")
          .mayBeMissing();

  /** When a contact is a clash. */
  public static final Parameter<Double> BELOW =
      Parameter.real(
              "below",
              Dimension.NONE,
              0,
              1,
              "a pair clashes below this share of the distance where its Lennard-Jones energy is lowest")
          .orElse(0.6);

  /** What a table shows. */
  public static final Parameter<Object> METRICS =
      Parameter.of("metrics", Declared.ESTIMATES, Object.class, "a row each");

  private static final List<Definition<?>> ALL =
      List.of(
          word(
              FREE_ENERGY,
              "-kT ln p of one observable, or of two: of the flow's samples, of these reweighted, and of the reference",
              List.of(X, Y, BINS),
              "let surface = free_energy(log_q, u, bins = 20)"),
          word(
              HISTOGRAM,
              "the density of an observable",
              List.of(X, BINS),
              "let radii = histogram(sqrt(sum(x[i]^2 for i in 0..1)))"),
          word(
              ENERGIES,
              "the density of the target's energy, penalties included",
              List.of(BINS),
              "let energy = energies(bins = 80)"),
          word(
              BONDS,
              "the densities of bond lengths, a panel for each pair of elements",
              List.of(ATOMS, BINS),
              "let lengths = bonds(bins = 80)"),
          word(
              ANGLES,
              "the densities of bond angles, a panel for each triple of elements",
              List.of(ATOMS, BINS),
              "let bends = angles(bins = 80)"),
          word(
              CLASHES,
              "the density of the closest contact of atoms three or more bonds apart, and the share of samples with a clash",
              List.of(BELOW, BINS),
              "let contacts = clashes(below = 50 %)"),
          word(
              ESTIMATES,
              "a table of metrics with their standard errors over the samples of one evaluation",
              List.of(METRICS),
              "metric weighed = probability(u < 1, reweighted = true)\nlet rows = estimates([weighed])"));

  private FigureDefinitions() {}

  private static Definition<Arguments> word(
      String name, String summary, List<Parameter<?>> parameters, String example) {
    return new Definition<>(
        name, Category.FIGURE, Form.FUNCTION, summary, parameters, example, arguments -> arguments);
  }

  /** All figures. */
  public static List<Definition<?>> all() {
    return ALL;
  }
}

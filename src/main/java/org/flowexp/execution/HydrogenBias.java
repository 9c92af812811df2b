package org.flowexp.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flowexp.data.Samples;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.expression.Formula;
import org.flowexp.lower.Lowering;
import org.flowexp.marginal.IgnoredHydrogens;
import org.flowexp.marginal.ModeShift;
import org.flowexp.model.DataSource;
import org.flowexp.model.SystemModel;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.SampledData;
import org.flowexp.stage.StageStore;

/**
 * What becomes of a mode's probability when hydrogens sit at the minimum of their energy, by
 * reweighting samples of all atoms (PHYSICS §4).
 *
 * @param samples how many there are
 * @param inside how many of them are in the mode
 * @param weighed how many have weights
 * @param lost how many of those have no minimum, weight 0
 * @param atMinimum under u_C
 * @param harmonic under u_C + ½ log det H
 * @param turned the same with the methyl groups' angles by quadrature
 * @param weights of the weighed samples
 * @param drawing evaluations of u by the sampler
 * @param weighing evaluations of u and its gradient for the weights
 */
public record HydrogenBias(
    int samples,
    int inside,
    int weighed,
    int lost,
    ModeShift atMinimum,
    ModeShift harmonic,
    ModeShift turned,
    List<IgnoredHydrogens.Weight> weights,
    long drawing,
    long weighing) {

  /** Copies the weights. */
  public HydrogenBias {
    weights = List.copyOf(weights);
  }

  /**
   * Draws the data if they are not kept, and weighs some of them.
   *
   * @param condition of the mode, a truth value per sample
   * @param most samples inside, and outside, that are weighed, evenly spaced
   * @throws IllegalArgumentException if the molecule's hydrogens cannot be placed, or the mode is
   *     empty; the message says why
   */
  public static HydrogenBias of(
      SystemModel.Molecular system,
      DataSource source,
      Formula condition,
      int most,
      StageStore store,
      RunSettings settings) {
    MolecularTarget all = Lowering.molecular(system);
    MolecularTarget target =
        new MolecularTarget(all.energy(), all.kT(), all.clamp(), Optional.empty());
    try (IgnoredHydrogens hydrogens =
        new IgnoredHydrogens(target, system.compound(), settings.session(settings.threads()))) {
      SampledData data = new DataStages(store, settings, new StopRequest()).of(source).value();
      boolean[] marks = DataStages.marks(data.samples(), condition);
      int[] rows =
          IntStream.concat(
                  IntStream.of(spread(marks, true, most)), IntStream.of(spread(marks, false, most)))
              .sorted()
              .toArray();
      List<IgnoredHydrogens.Weight> weights = hydrogens.of(chosen(data.samples(), rows));
      return new HydrogenBias(
          marks.length,
          (int) IntStream.range(0, marks.length).filter(i -> marks[i]).count(),
          rows.length,
          (int) weights.stream().filter(weight -> !weight.exists()).count(),
          shift(marks, rows, weights.stream().mapToDouble(w -> w.logMinimum()).toArray()),
          shift(marks, rows, weights.stream().mapToDouble(w -> w.logHarmonic()).toArray()),
          shift(marks, rows, weights.stream().mapToDouble(w -> w.logTurned()).toArray()),
          weights,
          data.draws().values().stream().mapToLong(Long::longValue).sum(),
          hydrogens.energyEvaluations());
    }
  }

  private static ModeShift shift(boolean[] marks, int[] rows, double[] logs) {
    return new ModeShift(marks, rows, logs);
  }

  /** Whether the weighed sample of this number is in the mode. */
  public boolean isInside(int number) {
    return atMinimum.inside()[atMinimum.rows()[number]];
  }

  private static int[] spread(boolean[] marks, boolean which, int most) {
    int[] all = IntStream.range(0, marks.length).filter(i -> marks[i] == which).toArray();
    if (all.length == 0) {
      throw new IllegalArgumentException(
          "all " + marks.length + " samples are " + (which ? "outside" : "inside") + " the mode");
    }
    int count = Math.min(all.length, most);
    return IntStream.range(0, count).map(i -> all[(int) ((long) i * all.length / count)]).toArray();
  }

  private static List<double[]> chosen(Samples samples, int[] rows) {
    double[] x = samples.rows(rows);
    int width = samples.dim();
    List<double[]> chosen = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      chosen.add(java.util.Arrays.copyOfRange(x, row * width, (row + 1) * width));
    }
    return chosen;
  }
}

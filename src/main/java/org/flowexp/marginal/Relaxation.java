package org.flowexp.marginal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowexp.coordinates.Attachment;

/**
 * The minimum of the energy over the attached atoms of many configurations at once, the lowest of
 * several starts: the atoms as they are, and groups of three turned by half the way to their next
 * equal well.
 *
 * @param turns the groups; of {@code turned} of them both places are tried
 * @param turned places in {@code turns}
 */
public record Relaxation(
    Attached energy, List<Attachment.Turn> turns, List<Integer> turned, double tolerance) {
  /** kT, of the largest slope times the scale of its coordinate: the energy is exact to 1e-9 kT. */
  public static final double TOLERANCE = 1e-5;

  private static final int MOST_ROUNDS = 2_000;

  /** Copies the lists. */
  public Relaxation {
    turns = List.copyOf(turns);
    turned = List.copyOf(turned);
  }

  /** From two places of each group. */
  public Relaxation(Attached energy, List<Attachment.Turn> turns) {
    this(
        energy,
        turns,
        java.util.stream.IntStream.range(0, turns.size()).boxed().toList(),
        TOLERANCE);
  }

  /**
   * A minimum.
   *
   * @param y [3m]
   * @param u kT
   * @param arrived whether the slope is within the tolerance
   * @param spread u of the highest end of a descent less that of the lowest
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  public record Minimum(double[] y, double u, boolean arrived, double spread) {}

  /** Of configurations [n][3N], whose attached atoms are where descents start. */
  public List<Minimum> of(List<double[]> configurations) {
    double[] scales = energy.attachment().scales(turns);
    int starts = 1 << turned.size();
    List<Descent> all = new ArrayList<>();
    for (double[] x : configurations) {
      for (double[] start : starts(energy.attachment().measured(x))) {
        all.add(new Descent(start, scales, tolerance));
      }
    }
    walk(configurations, all, starts);
    List<Minimum> minima = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      minima.add(lowest(all.subList(i * starts, (i + 1) * starts)));
    }
    return minima;
  }

  private List<double[]> starts(double[] measured) {
    int rows = energy.attachment().rows().size();
    List<double[]> starts = new ArrayList<>(List.of(measured));
    for (int place : turned) {
      for (double[] start : List.copyOf(starts)) {
        double[] other = start.clone();
        other[2 * rows + turns.get(place).first()] += Math.PI / 3;
        starts.add(other);
      }
    }
    return starts;
  }

  private void walk(List<double[]> configurations, List<Descent> all, int starts) {
    int dim = energy.attachment().dim();
    int width = 3 * energy.attachment().atoms();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Integer> going = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).isOver()) {
          going.add(i);
        }
      }
      if (going.isEmpty()) {
        return;
      }
      double[] x = new double[going.size() * width];
      double[] y = new double[going.size() * dim];
      for (int i = 0; i < going.size(); i++) {
        System.arraycopy(configurations.get(going.get(i) / starts), 0, x, i * width, width);
        System.arraycopy(all.get(going.get(i)).trial(), 0, y, i * dim, dim);
      }
      Attached.Slopes found = energy.slopes(x, y);
      for (int i = 0; i < going.size(); i++) {
        all.get(going.get(i))
            .tell(found.u()[i], Arrays.copyOfRange(found.gradient(), i * dim, (i + 1) * dim));
      }
    }
  }

  private static Minimum lowest(List<Descent> descents) {
    Descent best = descents.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (Descent descent : descents) {
      highest = Math.max(highest, descent.energy());
      if (descent.energy() < best.energy()) {
        best = descent;
      }
    }
    return new Minimum(best.place(), best.energy(), best.hasArrived(), highest - best.energy());
  }
}

package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Chain;
import org.flowexp.flow.DegenerateData;
import org.flowexp.flow.Layer;
import org.flowexp.flow.Mask;
import org.flowexp.flow.OnCoordinates;
import org.flowexp.flow.Whitening;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;
import org.flowexp.tensor.ParameterLayout;

/**
 * Positions from numbers of about unit width: an affine map of all coordinates but the torsions,
 * then the internal coordinates. The map is that of data, or about the reference with typical
 * widths of wells.
 *
 * @param atoms those that have coordinates; all if empty
 * @param rows data [n, 3N] of the whole molecule in any pose, nm, if there are some
 */
record InternalLayer(
    Compound compound, Optional<AtomSet> atoms, Optional<double[][]> rows, Whitening.Factor factor)
    implements Layer {
  @Override
  public Bijection build(ParameterLayout parameters, String name, CoordinateKinds coordinates) {
    InternalLayout layout = InternalJoint.layout(compound, atoms);
    int linear = layout.dim() - layout.circularRows().size();
    Whitening whitening =
        rows.map(data -> learned(layout, data, linear)).orElseGet(() -> typical(layout, linear));
    InternalCoordinates positions = new InternalCoordinates(layout);
    Mask mask = Mask.range(layout.dim(), 0, linear);
    Bijection scaled = linear == layout.dim() ? whitening : new OnCoordinates(mask, whitening);
    return new Chain(List.of(scaled, positions));
  }

  private Whitening learned(InternalLayout layout, double[][] data, int linear) {
    List<double[]> kept = new ArrayList<>();
    for (double[] row : data) {
      double[] latent = Arrays.copyOf(layout.latentOf(chosen(row)), linear);
      if (Arrays.stream(latent).allMatch(Double::isFinite)) {
        kept.add(latent);
      }
    }
    if (kept.size() < data.length) {
      throw new DegenerateData(
          (data.length - kept.size())
              + " of "
              + data.length
              + " configurations are mirror images of the reference, or have amides of the other"
              + " kind");
    }
    return Whitening.of(kept.toArray(double[][]::new), factor);
  }

  private double[] chosen(double[] row) {
    if (atoms.isEmpty()) {
      return row;
    }
    List<Integer> places = atoms.get().places().stream().distinct().sorted().toList();
    double[] chosen = new double[3 * places.size()];
    Arrays.setAll(chosen, i -> row[3 * places.get(i / 3) + i % 3]);
    return chosen;
  }

  private static Whitening typical(InternalLayout layout, int linear) {
    double[] mean = new double[linear];
    double[][] widths = new double[linear][linear];
    for (int i = 0; i < linear; i++) {
      mean[i] = layout.reference().get(i);
      widths[i][i] = layout.scales().get(i);
    }
    return new Whitening(mean, widths);
  }
}

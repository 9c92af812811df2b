package org.flowexp.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.flowexp.coordinates.InternalCoordinates;
import org.flowexp.coordinates.InternalLayout;
import org.flowexp.coordinates.Pose;
import org.flowexp.energy.AlignmentPenalty;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.model.DataSource;
import org.flowexp.model.SystemModel;
import org.flowexp.random.Seeds;
import org.flowexp.sampler.Draw;
import org.flowexp.sampler.ParallelTempering;
import org.flowexp.system.ShapeTarget;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * Samples of a system. Of a molecule the chains walk over its internal coordinates, in units of
 * about a well's width, since pose and shape are independent (PHYSICS §4): mirror images and amides
 * of the other kind are not among them. The pose is drawn exactly afterwards.
 *
 * @param positions [count, width], row by row
 * @param energyEvaluations of u
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once
public record Sampling(double[] positions, long energyEvaluations) {
  private static final int CHUNK = 10_000;

  /**
   * Runs the sampler; a pure function of the source and the precision.
   *
   * @param progress told the number of steps done, now and then
   */
  public static Sampling draw(
      DataSource.Drawn drawn, Precision precision, SessionOptions options, LongConsumer progress) {
    ParallelTempering sampler = drawn.sampler().create(ParallelTempering.class);
    if (!(drawn.system() instanceof SystemModel.Molecular molecule)) {
      Draw draw =
          sampler.draw(
              Lowering.target(drawn.system()), drawn.count(), precision, options, progress);
      return new Sampling(draw.positions(), draw.energyEvaluations());
    }
    InternalLayout layout = InternalLayout.of(molecule.compound());
    InternalCoordinates coordinates = new InternalCoordinates(layout);
    ShapeTarget shapes = new ShapeTarget(withoutPose(molecule), coordinates, layout.scales());
    Draw draw =
        sampler
            .among(coordinates.circular())
            .draw(shapes, drawn.count(), precision, options, progress);
    double[] placed = placed(shapes, draw, precision, options);
    return new Sampling(posed(molecule, placed, sampler.seed()), draw.energyEvaluations());
  }

  private static MolecularTarget withoutPose(SystemModel.Molecular molecule) {
    MolecularTarget target = Lowering.molecular(molecule);
    return new MolecularTarget(target.energy(), target.kT(), target.clamp(), Optional.empty());
  }

  private static double[] placed(
      ShapeTarget shapes, Draw draw, Precision precision, SessionOptions options) {
    double[] drawn = draw.positions();
    List<double[]> parts = new ArrayList<>();
    try (GraphBuilder g = new GraphBuilder(precision)) {
      Operand<TFloating> y = g.placeholder(-1, draw.dim());
      Operand<TFloating> x = shapes.placed(g, y).value();
      try (Session session = options.open(g.graph())) {
        for (int row = 0; row < draw.count(); row += CHUNK) {
          int end = Math.min(row + CHUNK, draw.count());
          double[] chunk = Arrays.copyOfRange(drawn, row * draw.dim(), end * draw.dim());
          try (var fed = precision.tensor(chunk, end - row, draw.dim());
              var result = session.runner().feed(y, fed).fetch(x).run()) {
            parts.add(Precision.values(result.get(0)));
          }
        }
      }
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * The same shapes in poses of the system's own, drawn exactly; as they are if none is held.
   *
   * @param x [n, 3N], nm
   * @param seed of the sampler
   */
  public static double[] posed(SystemModel.Molecular molecule, double[] x, long seed) {
    MolecularTarget target = Lowering.molecular(molecule);
    if (target.penalty().isEmpty()) {
      return x;
    }
    Pose pose = pose(target.penalty().get(), target.kT());
    SplittableRandom random = Seeds.generator(seed, "pose", 0);
    double[] moved = new double[x.length];
    int width = target.dim();
    for (int at = 0; at < x.length; at += width) {
      double[] row = pose.redrawn(Arrays.copyOfRange(x, at, at + width), random);
      System.arraycopy(row, 0, moved, at, width);
    }
    return moved;
  }

  private static Pose pose(AlignmentPenalty penalty, double kT) {
    return new Pose(
        penalty.frame(),
        penalty.centre(),
        penalty.translation() / kT,
        penalty.rotation() / kT,
        penalty.maxRotation());
  }
}

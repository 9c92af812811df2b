package org.flowexp.marginal;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.flowexp.coordinates.AttachedAtoms;
import org.flowexp.coordinates.Attachment;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * The reduced energy of molecules as a function of the coordinates y of their attached atoms, the
 * other atoms as they are; in double precision.
 */
public final class Attached implements AutoCloseable {
  private static final int CHUNK = 4_000;

  private final Attachment attachment;
  private final int width;
  private final GraphBuilder g = new GraphBuilder(Precision.FLOAT64);
  private final Session session;
  private final Operand<TFloating> x;
  private final Operand<TFloating> y;
  private final Operand<TFloating> placed;
  private final Operand<TFloating> u;
  private final Operand<TFloating> gradient;
  private long evaluations;

  /** Builds the graph and opens a session. */
  public Attached(ReducedEnergy target, Attachment attachment, SessionOptions options) {
    this.attachment = attachment;
    this.width = target.dim();
    x = g.placeholder(-1, width);
    y = g.placeholder(-1, attachment.dim());
    placed = new AttachedAtoms(attachment).placed(g, x, y);
    u = target.reduced(g, placed);
    gradient = Gradients.of(g, g.sum(u, 0), y);
    session = options.open(g.graph());
  }

  /**
   * Energies and slopes of many configurations.
   *
   * @param u [n]
   * @param gradient ∂u/∂y [n, 3m], row by row
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  public record Slopes(double[] u, double[] gradient) {}

  /** u and ∂u/∂y of x [n, 3N] and y [n, 3m]; one evaluation each. */
  public Slopes slopes(double[] allX, double[] allY) {
    double[][] both = run(allX, allY, u, gradient);
    return new Slopes(both[0], both[1]);
  }

  /** u of x [n, 3N] and y [n, 3m]; one evaluation each. */
  public double[] energies(double[] allX, double[] allY) {
    return run(allX, allY, u)[0];
  }

  /** Positions [n, 3N]. */
  public double[] positions(double[] allX, double[] allY) {
    long before = evaluations;
    double[] positions = run(allX, allY, placed)[0];
    evaluations = before;
    return positions;
  }

  @SafeVarargs
  private double[][] run(double[] allX, double[] allY, Operand<TFloating>... wanted) {
    int dim = attachment.dim();
    int n = allY.length / dim;
    double[][] results = new double[wanted.length][];
    for (int row = 0; row < n; row += CHUNK) {
      int end = Math.min(n, row + CHUNK);
      try (var fedX =
              Precision.FLOAT64.tensor(
                  Arrays.copyOfRange(allX, row * width, end * width), end - row, width);
          var fedY =
              Precision.FLOAT64.tensor(
                  Arrays.copyOfRange(allY, row * dim, end * dim), end - row, dim)) {
        Session.Runner runner = session.runner().feed(x, fedX).feed(y, fedY);
        for (Operand<TFloating> node : wanted) {
          runner.fetch(node);
        }
        try (var result = runner.run()) {
          for (int i = 0; i < wanted.length; i++) {
            double[] chunk = Precision.values(result.get(i));
            int each = chunk.length / (end - row);
            if (row == 0) {
              results[i] = new double[n * each];
            }
            System.arraycopy(chunk, 0, results[i], row * each, chunk.length);
          }
        }
      }
    }
    evaluations += n;
    return results;
  }

  /** The attached atoms. */
  public Attachment attachment() {
    return attachment;
  }

  /** Evaluations of u so far, with or without its gradient. */
  public long evaluations() {
    return evaluations;
  }

  /** The same row as often as there are others, [times, row.length]. */
  static double[] repeated(double[] row, int times) {
    double[] all = new double[times * row.length];
    IntStream.range(0, times)
        .forEach(i -> System.arraycopy(row, 0, all, i * row.length, row.length));
    return all;
  }

  @Override
  public void close() {
    session.close();
    g.close();
  }
}

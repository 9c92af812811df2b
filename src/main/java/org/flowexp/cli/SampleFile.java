package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flowexp.data.NpzWriter.Width;
import org.flowexp.data.Spool;
import org.flowexp.execution.TrainedFlow;
import org.flowexp.random.Seeds;
import org.flowexp.statistics.SystematicResampling;
import org.flowexp.statistics.WeightSum;

/**
 * Draws from a flow, written chunk by chunk: configurations as they come, and where the format has
 * room {@code log_q, log_w, u, energy}. No more than a chunk is in memory, the columns wait in
 * temporary files beside the result.
 */
final class SampleFile {
  private static final String X = "x";
  private static final String LOG_Q = "log_q";
  private static final String ENERGY = "u";
  private static final String PHYSICAL = "energy";

  private final TrainedFlow flow;
  private final SampleFormat format;
  private final Width width;
  private final long seed;
  private final WeightSum weights = new WeightSum();

  SampleFile(TrainedFlow flow, SampleFormat format, Width width, long seed) {
    this.flow = flow;
    this.format = format;
    this.width = width;
    this.seed = seed;
  }

  /**
   * What was drawn.
   *
   * @param pool draws from the flow
   * @param distinct rows of the file that are different draws
   * @param effective Kish's effective sample size of the pool
   * @param logZ log of the mean weight of the pool
   */
  record Drawn(long pool, long distinct, double effective, double logZ) {}

  /** Each draw once, as it comes. */
  Drawn plain(Path file, long count) throws IOException {
    return replacing(
        file,
        count,
        (rows, logQ, u, physical) -> {
          for (long row = 0; row < count; row += TrainedFlow.CHUNK) {
            Map<String, double[]> chunk = draw(row, count, wanted(List.of(X, LOG_Q, ENERGY)));
            rows.configurations(chunk.get(X));
            keep(chunk, logQ, u);
            physical.append(physical(chunk));
          }
          columns(rows, logQ, u, physical);
          return drawn(count, count);
        });
  }

  /**
   * Rows of equal weight, taken from a pool by its weights; a row may come several times, one after
   * the other.
   *
   * @param pool draws from the flow; drawn a second time for x alone, which costs no energies
   * @throws RunFailure if no draw has weight, or one has all of it
   */
  Drawn resampled(Path file, long count, long pool) throws IOException, RunFailure {
    try (Spool poolQ = Spool.in(folder(file));
        Spool poolU = Spool.in(folder(file))) {
      for (long row = 0; row < pool; row += TrainedFlow.CHUNK) {
        keep(draw(row, pool, List.of(LOG_Q, ENERGY)), poolQ, poolU);
      }
      if (Double.isInfinite(weights.top())) {
        throw new RunFailure(
            weights.top() < 0
                ? "none of " + pool + " draws has weight: every energy is infinite or no number"
                : "a draw has infinite weight: its energy is -∞");
      }
      SystematicResampling resampling =
          new SystematicResampling(total(poolQ, poolU), count, offset());
      return replacing(
          file,
          count,
          (out, logQ, u, physical) -> {
            long distinct = 0;
            for (long row = 0; row < pool; row += TrainedFlow.CHUNK) {
              int[] rows = take(row, pool, poolQ, poolU, resampling);
              distinct += Arrays.stream(rows).distinct().count();
              if (rows.length > 0) {
                Map<String, double[]> chunk = draw(row, pool, wanted(List.of(X)));
                out.configurations(of(chunk.get(X), rows, flow.dim()));
                double[] energies =
                    flow.isMolecule() ? chunk.get(PHYSICAL) : poolU.read(row, size(row, pool));
                physical.append(of(energies, rows, 1));
                logQ.append(of(poolQ.read(row, size(row, pool)), rows, 1));
                u.append(of(poolU.read(row, size(row, pool)), rows, 1));
              }
            }
            columns(out, logQ, u, physical);
            return drawn(pool, distinct);
          });
    }
  }

  /** Rows of a chunk, as often as they are taken. */
  private int[] take(long row, long pool, Spool logQ, Spool u, SystematicResampling resampling)
      throws IOException {
    double[] r = logWeights(logQ, u, row, size(row, pool));
    int[] rows = new int[r.length];
    int count = 0;
    for (int i = 0; i < r.length; i++) {
      long copies = resampling.copies(weight(r[i]));
      if (count + copies > rows.length) {
        rows = Arrays.copyOf(rows, Math.toIntExact(Math.max(2L * rows.length, count + copies)));
      }
      Arrays.fill(rows, count, (int) (count + copies), i);
      count += (int) copies;
    }
    return Arrays.copyOf(rows, count);
  }

  private double total(Spool logQ, Spool u) throws IOException {
    double total = 0;
    for (long row = 0; row < u.length(); row += TrainedFlow.CHUNK) {
      for (double r : logWeights(logQ, u, row, size(row, u.length()))) {
        total += weight(r);
      }
    }
    return total;
  }

  private double weight(double r) {
    return Double.isNaN(r) ? 0 : Math.exp(r - weights.top());
  }

  /** Never 0 or 1, where rounding would decide. */
  private double offset() {
    return (Seeds.generator(seed, "resample", 0).nextInt(1 << 20) + 0.5) / (1 << 20);
  }

  private Map<String, double[]> draw(long row, long count, List<String> wanted) {
    return flow.chunk(seed, row / TrainedFlow.CHUNK, size(row, count), wanted);
  }

  private static int size(long row, long count) {
    return (int) Math.min(TrainedFlow.CHUNK, count - row);
  }

  private void keep(Map<String, double[]> chunk, Spool logQ, Spool u) throws IOException {
    double[] q = chunk.get(LOG_Q);
    double[] energy = chunk.get(ENERGY);
    for (int i = 0; i < q.length; i++) {
      weights.add(-energy[i] - q[i]);
    }
    logQ.append(q);
    u.append(energy);
  }

  private Drawn drawn(long pool, long distinct) {
    return new Drawn(pool, distinct, weights.effectiveSampleSize(), weights.logMean());
  }

  private static double[] logWeights(Spool logQ, Spool u, long from, int count) throws IOException {
    double[] q = logQ.read(from, count);
    double[] energy = u.read(from, count);
    double[] r = new double[count];
    Arrays.setAll(r, i -> -energy[i] - q[i]);
    return r;
  }

  private static double[] of(double[] values, int[] rows, int dim) {
    double[] taken = new double[Math.multiplyExact(rows.length, dim)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dim, taken, i * dim, dim);
    }
    return taken;
  }

  private List<String> wanted(List<String> names) {
    List<String> all = new ArrayList<>(names);
    if (flow.isMolecule()) {
      all.add(PHYSICAL);
    }
    return all;
  }

  /** A system of a formula has no other energy than u. */
  private double[] physical(Map<String, double[]> chunk) {
    return chunk.get(flow.isMolecule() ? PHYSICAL : ENERGY);
  }

  /** The columns beside x. */
  private void columns(SampleOutput out, Spool logQ, Spool u, Spool physical) throws IOException {
    long count = u.length();
    out.column(LOG_Q, width, count, logQ::read);
    out.column("log_w", Width.FLOAT64, count, (from, size) -> logWeights(logQ, u, from, size));
    out.column(ENERGY, width, count, u::read);
    out.column(PHYSICAL, width, count, physical::read);
  }

  /** Writes a file's rows. */
  private interface Content {
    Drawn write(SampleOutput out, Spool logQ, Spool u, Spool physical) throws IOException;
  }

  /** The file appears whole, or stays as it was. */
  private Drawn replacing(Path file, long count, Content content) throws IOException {
    // Not a temporary file: those are for their owner's eyes only.
    String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path draft = file.resolveSibling(name);
    try (Spool logQ = Spool.in(folder(file));
        Spool u = Spool.in(folder(file));
        Spool physical = Spool.in(folder(file))) {
      Drawn drawn;
      try (SampleOutput out = format.open(draft, flow, width, count)) {
        drawn = content.write(out, logQ, u, physical);
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      return drawn;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }
}

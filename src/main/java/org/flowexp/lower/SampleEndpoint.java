package org.flowexp.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** Draws from the flow. */
public final class SampleEndpoint {
  /** The most rows of one chunk. */
  public static final int CHUNK = Rows.CHUNK;

  private final Map<String, Integer> widths;
  private final Operand<TInt64> key;
  private final Operand<TInt32> count;
  private final Map<String, Operand<TFloating>> nodes = new LinkedHashMap<>();

  SampleEndpoint(Parameters parameters, Pushforward flow, ReducedEnergy target) {
    GraphBuilder g = parameters.builder();
    this.widths = Map.of("x", flow.flow().dim(), "z", flow.flow().latentDim());
    this.key = g.keyPlaceholder();
    this.count = g.countPlaceholder();
    var sample = flow.sample(parameters, key, count);
    nodes.put("x", sample.x());
    nodes.put("z", sample.z());
    nodes.put("log_q", sample.logDensity());
    nodes.put("inversion_error", Inversion.error(parameters, flow, sample.x()));
    nodes.put("u", target.reduced(g, sample.x()));
    if (target instanceof MolecularTarget molecule) {
      nodes.put("energy", molecule.energy().total(g, sample.x()));
    }
  }

  /**
   * Samples, a pure function of parameters, seed, purpose and count.
   *
   * @param wanted some of {@code x}, {@code z} (rows of numbers), {@code log_q}, {@code u}, {@code
   *     inversion_error}; what is left out is not computed
   */
  public Map<String, double[]> draw(
      Session session, long seed, String purpose, int samples, List<String> wanted) {
    Rows rows = new Rows(nodes, wanted, samples, widths);
    for (int row = 0; row < samples && !wanted.isEmpty(); row += Rows.CHUNK) {
      int size = Math.min(Rows.CHUNK, samples - row);
      fill(rows, session, Seeds.key(seed, purpose, row / Rows.CHUNK), row, size);
    }
    return rows.values();
  }

  /**
   * One chunk of the samples above, for those who keep no more in memory.
   *
   * @param number of the chunk, from 0
   * @param size at most {@link #CHUNK}
   */
  public Map<String, double[]> chunk(
      Session session, long seed, String purpose, long number, int size, List<String> wanted) {
    Rows rows = new Rows(nodes, wanted, size, widths);
    fill(rows, session, Seeds.key(seed, purpose, number), 0, size);
    return rows.values();
  }

  private void fill(Rows rows, Session session, long[] words, int row, int size) {
    try (var fedKey = GraphBuilder.key(words);
        var fedCount = TInt32.scalarOf(size)) {
      rows.fill(session.runner().feed(key, fedKey).feed(count, fedCount), row, size);
    }
  }
}

package org.flowexp.sampler;

import java.util.List;
import java.util.function.LongConsumer;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Session;

/**
 * Metropolis-Hastings on a ladder of temperatures with swaps of neighbours (Geyer 1991; Earl and
 * Deem, Phys. Chem. Chem. Phys. 7, 3910 (2005)). A step tries each move once, on each chain of each
 * rung. The chains start from standard normal numbers. What is drawn depends on these values, the
 * target, the precision and nothing else.
 *
 * @param temperatures multipliers of the temperature, ascending; the samples are of the first
 * @param moves tried one after the other in each step
 * @param swapEvery steps between rounds of swaps, alternately of even and of odd pairs
 * @param burnIn steps before the first thinning interval
 * @param thin steps between samples of a chain
 * @param chains independent ladders
 * @param seed root of all randomness
 */
public record ParallelTempering(
    List<Double> temperatures,
    List<Move> moves,
    long swapEvery,
    long burnIn,
    long thin,
    int chains,
    long seed) {

  private static final int LONGEST_BLOCK = 50;

  /** Checks the ladder and the counts. */
  public ParallelTempering {
    temperatures = List.copyOf(temperatures);
    moves = List.copyOf(moves);
    double below = 0;
    for (double temperature : temperatures) {
      if (!(temperature > below) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException("temperatures must ascend: " + temperatures);
      }
      below = temperature;
    }
    if (temperatures.isEmpty() || moves.isEmpty()) {
      throw new IllegalArgumentException("a sampler needs a temperature and a move");
    }
    if (swapEvery < 1 || burnIn < 0 || thin < 1 || chains < 1) {
      throw new IllegalArgumentException("swapEvery, thin and chains are at least 1, burnIn 0");
    }
  }

  /** The same sampler of a system whose coordinates of these numbers are angles. */
  public ParallelTempering among(List<Integer> angles) {
    List<Move> known = moves.stream().map(move -> move.among(angles)).toList();
    return new ParallelTempering(temperatures, known, swapEvery, burnIn, thin, chains, seed);
  }

  /**
   * Draws samples of the target at the lowest temperature.
   *
   * @param count samples wanted; the chains run until each has given ⌈count/chains⌉
   * @param progress told the number of steps done, after each block
   */
  public Draw draw(
      ReducedEnergy target,
      long count,
      Precision precision,
      SessionOptions options,
      LongConsumer progress) {
    return draw(target, count, precision, options, progress, TemperingGraph.Ladder.of(this));
  }

  Draw draw(
      ReducedEnergy target,
      long count,
      Precision precision,
      SessionOptions options,
      LongConsumer progress,
      TemperingGraph.Ladder ladder) {
    if (count < 1) {
      throw new IllegalArgumentException("cannot draw " + count + " samples");
    }
    int block = blockLength();
    try (GraphBuilder g = new GraphBuilder(precision)) {
      var graph = new TemperingGraph(g, target, this, ladder, block);
      try (Session session = options.open(g.graph());
          var walk = new TemperingWalk(this, graph, session, block, target.dim())) {
        return walk.run(Math.toIntExact(count), progress);
      }
    }
  }

  /** The longest block that ends at each swap and each sample, and is not too long to unroll. */
  private int blockLength() {
    long longest = gcd(gcd(swapEvery, thin), burnIn);
    int trial = moves.stream().mapToInt(Move::evaluations).max().orElseThrow();
    int block = (int) Math.min(longest, Math.max(1, LONGEST_BLOCK / trial));
    while (longest % block != 0) {
      block--;
    }
    return block;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}

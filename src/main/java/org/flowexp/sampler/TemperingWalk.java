package org.flowexp.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TInt32;

/** One walk of all chains: the state, which the graph's runs hand on, and the counts. */
final class TemperingWalk implements AutoCloseable {

  private final ParallelTempering sampler;
  private final TemperingGraph graph;
  private final Session session;
  private final int block;
  private final int dim;
  private final int rungs;
  private final long[] accepted;
  private final long[] swaps;
  private final long[] attempts;
  private Result state;
  private long steps;
  private long rounds;

  TemperingWalk(
      ParallelTempering sampler, TemperingGraph graph, Session session, int block, int dim) {
    this.sampler = sampler;
    this.graph = graph;
    this.session = session;
    this.block = block;
    this.dim = dim;
    this.rungs = sampler.temperatures().size();
    accepted = new long[rungs];
    swaps = new long[rungs];
    attempts = new long[rungs];
    try (Tensor key = key("start", 0)) {
      state =
          session
              .runner()
              .feed(graph.acceptKey.asOutput(), key)
              .fetch(graph.start)
              .fetch(graph.startEnergy)
              .run();
    }
  }

  Draw run(int count, LongConsumer progress) {
    double[] positions = new double[Math.multiplyExact(count, dim)];
    int filled = 0;
    while (filled < positions.length) {
      advance();
      long recorded = steps - sampler.burnIn();
      if (recorded > 0 && recorded % sampler.thin() == 0) {
        double[] cold = Precision.values(state.get(2));
        int length = Math.min(cold.length, positions.length - filled);
        System.arraycopy(cold, 0, positions, filled, length);
        filled += length;
      }
      progress.accept(steps);
    }
    return account(positions);
  }

  private Draw account(double[] positions) {
    long rows = (long) rungs * sampler.chains();
    long trialsPerRung = steps * sampler.moves().size() * sampler.chains();
    List<Double> acceptance = new ArrayList<>();
    List<Double> swapAcceptance = new ArrayList<>();
    for (int rung = 0; rung < rungs; rung++) {
      acceptance.add((double) accepted[rung] / trialsPerRung);
      if (rung + 1 < rungs) {
        swapAcceptance.add((double) swaps[rung] / attempts[rung]);
      }
    }
    long perStep = sampler.moves().stream().mapToLong(Move::evaluations).sum();
    long evaluations = Math.multiplyExact(rows, 1 + steps * perStep);
    return new Draw(positions, dim, acceptance, swapAcceptance, evaluations);
  }

  private void advance() {
    boolean swapping = (steps + block) % sampler.swapEvery() == 0;
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner =
          session
              .runner()
              .feed(graph.x.asOutput(), state.get(0))
              .feed(graph.u.asOutput(), state.get(1));
      feed(runner, fed, graph.acceptKey, key("accept", steps));
      for (int move = 0; move < graph.moveKeys.size(); move++) {
        feed(runner, fed, graph.moveKeys.get(move), key("move" + move, steps));
      }
      TemperingGraph.State next = swapping ? graph.swapped : graph.moved;
      runner.fetch(next.x()).fetch(next.u()).fetch(next.cold()).fetch(graph.accepted);
      int[] partner = swapping ? partners((int) (rounds % 2)) : new int[0];
      if (swapping) {
        feed(runner, fed, graph.swapKey, key("swap", steps));
        feed(runner, fed, graph.partner, TInt32.vectorOf(partner));
        feed(runner, fed, graph.pair, TInt32.vectorOf(pairs(partner)));
        runner.fetch(graph.swaps);
      }
      Result before = state;
      state = runner.run();
      before.close();
      count(partner);
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private void count(int[] partner) {
    steps += block;
    add(accepted, Precision.values(state.get(3)));
    if (partner.length > 0) {
      rounds++;
      double[] exchanged = Precision.values(state.get(4));
      for (int rung = 0; rung < rungs; rung++) {
        if (partner[rung] > rung) {
          attempts[rung] += sampler.chains();
          swaps[rung] += Math.round(exchanged[rung]);
        }
      }
    }
  }

  private static void add(long[] totals, double[] counts) {
    for (int i = 0; i < totals.length; i++) {
      totals[i] += Math.round(counts[i]);
    }
  }

  /** Pairs (0, 1), (2, 3)… for parity 0, (1, 2), (3, 4)… for parity 1; the rest stay alone. */
  private int[] partners(int parity) {
    int[] partner = new int[rungs];
    for (int rung = 0; rung < rungs; rung++) {
      int other = (rung - parity) % 2 == 0 ? rung + 1 : rung - 1;
      partner[rung] = other < 0 || other >= rungs ? rung : other;
    }
    return partner;
  }

  private static int[] pairs(int[] partner) {
    int[] pair = new int[partner.length];
    for (int rung = 0; rung < pair.length; rung++) {
      pair[rung] = Math.min(rung, partner[rung]);
    }
    return pair;
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Operand<?> placeholder, Tensor tensor) {
    fed.add(tensor);
    runner.feed(placeholder.asOutput(), tensor);
  }

  private Tensor key(String purpose, long step) {
    return GraphBuilder.key(Seeds.key(sampler.seed(), "parallel_tempering/" + purpose, step));
  }

  @Override
  public void close() {
    state.close();
  }
}

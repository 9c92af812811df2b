package org.flowexp.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One block of tempering steps, unrolled, and one round of swaps after it. Rows are ordered by
 * rung, then chain. The state goes in and out as fed and fetched tensors.
 */
final class TemperingGraph {

  final Operand<TFloating> x;
  final Operand<TFloating> u;
  final Operand<TInt64> acceptKey;
  final Operand<TInt64> swapKey;
  final List<Operand<TInt64>> moveKeys = new ArrayList<>();

  /** For each rung, whom it swaps with (itself: nobody), and the row of its random numbers. */
  final Operand<TInt32> partner;

  final Operand<TInt32> pair;

  final Operand<TFloating> start;
  final Operand<TFloating> startEnergy;
  final State moved;
  final State swapped;

  /** Accepted proposals [rungs], and accepted swaps [rungs], counted at both partners. */
  final Operand<TFloating> accepted;

  final Operand<TFloating> swaps;

  private final GraphBuilder g;
  private final Ops tf;
  private final ReducedEnergy target;
  private final ParallelTempering sampler;
  private final Ladder ladder;
  private final int rungs;
  private final int rows;

  /**
   * Configurations [rows, dim], their energies [rows], the coldest configurations [chains, dim].
   */
  record State(Operand<TFloating> x, Operand<TFloating> u, Operand<TFloating> cold) {}

  TemperingGraph(
      GraphBuilder g, ReducedEnergy target, ParallelTempering sampler, Ladder ladder, int steps) {
    this.g = g;
    this.tf = g.tf();
    this.target = target;
    this.sampler = sampler;
    this.ladder = ladder;
    this.rungs = sampler.temperatures().size();
    this.rows = rungs * sampler.chains();
    x = g.placeholder(rows, target.dim());
    u = g.placeholder(rows);
    acceptKey = g.keyPlaceholder();
    swapKey = g.keyPlaceholder();
    partner = tf.placeholder(TInt32.class);
    pair = tf.placeholder(TInt32.class);
    start = g.normal(acceptKey, tf.constant(new int[] {rows, target.dim()}));
    startEnergy = target.reduced(g, start);
    List<Operand<TBool>> acceptances = new ArrayList<>();
    moved = walk(steps, acceptances);
    accepted = countPerRung(tf.stack(acceptances), acceptances.size());
    Operand<TBool> exchanged = exchanged();
    swapped = swap(exchanged);
    swaps = g.sum(tf.dtypes.cast(exchanged, g.precision().type()), 1);
  }

  private State walk(int steps, List<Operand<TBool>> acceptances) {
    Operand<TFloating> temperatures = g.constant(perRow(rungTemperatures()), rows, 1);
    var block = new Move.Block(steps, rows, target.dim());
    List<Move.Trials> moves = new ArrayList<>();
    for (Move move : sampler.moves()) {
      Operand<TInt64> key = g.keyPlaceholder();
      moveKeys.add(key);
      moves.add(move.trials(g, target, key, block, temperatures));
    }
    int trials = steps * moves.size();
    // accepted if v < exp((u − u′)/T), that is u′ < u − T log v; NaN compares false
    Operand<TFloating> slack =
        tf.math.neg(
            tf.math.mul(
                tf.math.log(g.uniform(acceptKey, tf.constant(new int[] {trials, rows}))),
                g.constant(perRow(ladder.acceptTemperatures()))));
    List<? extends Operand<TFloating>> slacks =
        tf.unstack(slack, (long) trials, Unstack.axis(0L)).output();
    Operand<TFloating> here = x;
    Operand<TFloating> energy = u;
    for (int trial = 0; trial < trials; trial++) {
      Move.Trial to = moves.get(trial % moves.size()).from(here, trial / moves.size());
      Operand<TFloating> total =
          to.work().<Operand<TFloating>>map(work -> tf.math.add(to.u(), work)).orElse(to.u());
      Operand<TBool> accept = tf.math.less(total, tf.math.add(energy, slacks.get(trial)));
      // by row, without broadcasting the condition, which is several times slower
      here = rowsWhere(accept, to.x(), here);
      energy = tf.select(accept, to.u(), energy);
      acceptances.add(accept);
    }
    return new State(here, energy, cold(here));
  }

  /** TensorFlow's first Select, which its Java interface leaves out: the condition picks rows. */
  private Operand<TFloating> rowsWhere(
      Operand<TBool> condition, Operand<TFloating> yes, Operand<TFloating> no) {
    return tf.scope()
        .opBuilder("Select", "RowsWhere")
        .addInput(condition.asOutput())
        .addInput(yes.asOutput())
        .addInput(no.asOutput())
        .build()
        .output(0);
  }

  /** Which rungs take their partner's configuration, [rungs, chains]; the same at both partners. */
  private Operand<TBool> exchanged() {
    Operand<TFloating> beta = g.constant(ladder.swapBetas(), rungs, 1);
    Operand<TFloating> energy = tf.reshape(moved.u(), tf.array(rungs, sampler.chains()));
    Operand<TFloating> logRatio =
        tf.math.mul(
            tf.math.sub(beta, tf.gather(beta, partner, tf.constant(0))),
            tf.math.sub(energy, tf.gather(energy, partner, tf.constant(0))));
    Operand<TFloating> uniform =
        g.uniform(swapKey, tf.constant(new int[] {rungs, sampler.chains()}));
    Operand<TFloating> shared = tf.gather(uniform, pair, tf.constant(0));
    return tf.math.less(tf.math.log(shared), logRatio);
  }

  private State swap(Operand<TBool> exchanged) {
    int chains = sampler.chains();
    Operand<TFloating> here = tf.reshape(moved.x(), tf.array(rungs, chains, target.dim()));
    Operand<TFloating> energy = tf.reshape(moved.u(), tf.array(rungs, chains));
    Operand<TFloating> x =
        tf.select(
            tf.reshape(exchanged, tf.array(rungs, chains, 1)),
            tf.gather(here, partner, tf.constant(0)),
            here);
    Operand<TFloating> u = tf.select(exchanged, tf.gather(energy, partner, tf.constant(0)), energy);
    Operand<TFloating> flat = tf.reshape(x, tf.array(rows, target.dim()));
    return new State(flat, tf.reshape(u, tf.array(rows)), cold(flat));
  }

  private Operand<TFloating> cold(Operand<TFloating> all) {
    return tf.slice(all, tf.array(0, 0), tf.array(sampler.chains(), target.dim()));
  }

  private Operand<TFloating> countPerRung(Operand<TBool> acceptances, int trials) {
    Operand<TFloating> counts = tf.dtypes.cast(acceptances, g.precision().type());
    return g.sum(tf.reshape(counts, tf.array(trials, rungs, sampler.chains())), 0, 2);
  }

  private double[] rungTemperatures() {
    return sampler.temperatures().stream().mapToDouble(t -> t).toArray();
  }

  private double[] perRow(double[] perRung) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = perRung[row / sampler.chains()];
    }
    return values;
  }

  /**
   * What the two criteria know of the temperatures, [rungs] each. They are told apart so that a
   * test can give one of them wrong.
   */
  @SuppressWarnings("ArrayRecordComponent") // lives within one call
  record Ladder(double[] acceptTemperatures, double[] swapBetas) {
    static Ladder of(ParallelTempering sampler) {
      double[] temperatures = sampler.temperatures().stream().mapToDouble(t -> t).toArray();
      return new Ladder(temperatures, Arrays.stream(temperatures).map(t -> 1 / t).toArray());
    }
  }
}

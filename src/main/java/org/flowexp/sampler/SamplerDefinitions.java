package org.flowexp.sampler;

import static org.flowexp.units.Dimension.ANGLE;
import static org.flowexp.units.Dimension.NONE;
import static org.flowexp.units.Dimension.STEPS;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Pace;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;

/** The samplers, ladders and moves that the language knows. */
public final class SamplerDefinitions {
  private static final Parameter<?> SYSTEM =
      Parameter.of("system", ParameterType.Declared.SYSTEM, Object.class, "the target");
  private static final Parameter<Part> LADDER =
      Parameter.part("ladder", Category.LADDER, "the temperatures");
  private static final Parameter<?> MOVES =
      Parameter.of(
          "moves",
          new ParameterType.PartsOf(Category.MOVE),
          List.class,
          "tried one after the other in each step");
  private static final Parameter<Long> SWAP_EVERY =
      Parameter.whole("swap_every", STEPS, 1, Long.MAX_VALUE, "steps between rounds of swaps")
          .orElse(10L);
  private static final Parameter<Long> BURN_IN =
      Parameter.whole("burn_in", STEPS, 0, Long.MAX_VALUE, "steps before the first sample")
          .orElse(20_000L);
  private static final Parameter<Long> THIN =
      Parameter.whole("thin", STEPS, 1, Long.MAX_VALUE, "steps between samples of a chain")
          .orElse(50L);
  private static final Parameter<Long> CHAINS =
      Parameter.whole("chains", NONE, 1, 65_536, "independent ladders").orElse(64L);
  private static final Parameter<Long> SEED =
      Parameter.whole("seed", NONE, 0, Long.MAX_VALUE, "root of the sampler's randomness")
          .orElse(0L);
  private static final Parameter<Interval> CHANGE =
      Parameter.of(
          "change",
          new ParameterType.Between(NONE, "->"),
          Interval.class,
          "multiplier of the temperature on the lowest rung and on the highest");
  private static final Parameter<Long> RUNGS =
      Parameter.whole("rungs", NONE, 1, 1_024, "the number of temperatures");
  private static final Parameter<Double> STEP =
      Parameter.positive(
          "step",
          NONE,
          "standard deviation of each coordinate on the rung with multiplier 1; of a molecule's"
              + " internal coordinates in units of about a well's width");

  private static final Parameter<Double> MAX =
      Parameter.of(
          "max",
          new ParameterType.Real(ANGLE, 0, Math.PI, false),
          Double.class,
          "the largest change, of either sign");

  private static final Parameter<Long> AT_ONCE =
      Parameter.whole(
              "at_once",
              NONE,
              1,
              16,
              "torsions that one move turns, each whichever: 2 reach wells that differ in two")
          .orElse(1L);

  private static final Definition<ParallelTempering> PARALLEL_TEMPERING =
      new Definition<>(
          "parallel_tempering",
          Category.SAMPLER,
          Form.BLOCK,
          "Metropolis-Hastings on a ladder of temperatures with swaps of neighbours",
          List.of(SYSTEM, LADDER, MOVES, SWAP_EVERY, BURN_IN, THIN, CHAINS, SEED),
          """
          system flat = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
          sampler pt = parallel_tempering { system = flat, ladder = geometric(1 -> 8, rungs = 8)
            moves = [random_walk { step = 0.5 }], seed = 1 }""",
          arguments ->
              new ParallelTempering(
                  arguments.get(LADDER).create(Ladder.class).temperatures(),
                  arguments.list(MOVES, Part.class).stream()
                      .map(part -> part.create(Move.class))
                      .toList(),
                  arguments.get(SWAP_EVERY),
                  arguments.get(BURN_IN),
                  arguments.get(THIN),
                  Math.toIntExact(arguments.get(CHAINS)),
                  arguments.get(SEED)));

  private static final Definition<Ladder> GEOMETRIC =
      new Definition<>(
          "geometric",
          Category.LADDER,
          Form.FUNCTION,
          "temperatures of equal ratio",
          List.of(CHANGE, RUNGS),
          "let ladder8 = geometric(1 -> 8, rungs = 8)",
          arguments ->
              Ladder.geometric(
                  arguments.get(CHANGE).from(),
                  arguments.get(CHANGE).to(),
                  Math.toIntExact(arguments.get(RUNGS))));

  private static final Definition<Move> RANDOM_WALK =
      new Definition<>(
          "random_walk",
          Category.MOVE,
          Form.BLOCK,
          "an isotropic Gaussian step, wider on hotter rungs by the root of the multiplier",
          List.of(STEP),
          "let walk = random_walk { step = 0.5 }",
          arguments -> new RandomWalk(arguments.get(STEP)));

  private static final Definition<Move> TURN_BONDS =
      new Definition<>(
          "turn_bonds",
          Category.MOVE,
          Form.BLOCK,
          "torsions of a molecule, whichever, move by uniform angles; amides do not turn",
          List.of(MAX, AT_ONCE),
          "let turn = turn_bonds { max = 180 deg }",
          arguments -> new AngleJoint(),
          arguments -> new TurnBonds(arguments.get(MAX), Math.toIntExact(arguments.get(AT_ONCE))));

  private static final Parameter<Pace> TIME_STEP =
      Parameter.of(
          "step",
          new ParameterType.PaceOf(),
          Pace.class,
          "of the trajectory; without unit, in units in which a well as wide as the coordinates'"
              + " scale has the period 2 pi");
  private static final Parameter<Long> LENGTH =
      Parameter.whole("length", STEPS, 1, 1_000, "steps of the trajectory");

  private static final Definition<Move> HMC =
      new Definition<>(
          "hmc",
          Category.MOVE,
          Form.BLOCK,
          "a piece of a trajectory with fresh momenta, accepted by the change of the total energy;"
              + " masses are such that all wells oscillate alike, in a molecule as fast as C-H"
              + " stretches",
          List.of(TIME_STEP, LENGTH),
          "let swing = hmc { step = 1 fs, length = 20 steps }",
          arguments -> new PaceJoint(arguments.get(TIME_STEP)),
          arguments ->
              HybridMonteCarlo.of(
                  arguments.get(TIME_STEP), Math.toIntExact(arguments.get(LENGTH))));

  private SamplerDefinitions() {}

  /** All samplers, ladders and moves. */
  public static List<Definition<?>> all() {
    return List.of(PARALLEL_TEMPERING, GEOMETRIC, RANDOM_WALK, TURN_BONDS, HMC);
  }
}

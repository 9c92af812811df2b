package org.flowexp.optimizer;

import static org.flowexp.units.Dimension.NONE;
import static org.flowexp.units.Dimension.STEPS;

import java.util.List;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Definition.Form;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;

/** The optimizers and ramps that the language knows. */
public final class OptimizerDefinitions {
  private static final double BELOW_ONE = Math.nextDown(1.0);

  private static final Parameter<Double> VALUE =
      Parameter.real("value", NONE, "the value of each step");
  private static final Parameter<Interval> CHANGE =
      Parameter.of(
          "change",
          new ParameterType.Between(NONE, "->"),
          Interval.class,
          "the greatest value and the last");
  private static final Parameter<Interval> WAY =
      Parameter.of(
          "change",
          new ParameterType.Between(NONE, "->"),
          Interval.class,
          "the value of the first step and of the last");
  private static final Parameter<Long> WARMUP =
      Parameter.whole("warmup", STEPS, 0, Long.MAX_VALUE, "steps of the linear rise").orElse(0L);

  private static final Parameter<Part> RATE =
      Parameter.of("lr", new ParameterType.Ramped(NONE, 0), Part.class, "the learning rate");
  private static final Parameter<Double> BETA1 =
      Parameter.real("beta1", NONE, 0, BELOW_ONE, "decay of the mean gradient").orElse(0.9);
  private static final Parameter<Double> BETA2 =
      Parameter.real("beta2", NONE, 0, BELOW_ONE, "decay of the mean squared gradient")
          .orElse(0.999);
  private static final Parameter<Double> EPSILON =
      Parameter.positive("epsilon", NONE, "added to the root of the mean squared gradient")
          .orElse(1e-8);
  private static final Parameter<Double> CLIP_NORM =
      Parameter.positive("clip_norm", NONE, "greatest norm of the whole gradient").mayBeMissing();

  private static final Definition<Ramp> CONSTANT =
      new Definition<>(
          "constant",
          Category.RAMP,
          Form.FUNCTION,
          "the same value throughout, as a plain number",
          List.of(VALUE),
          "let slow = adam { lr = constant(1e-4) }",
          arguments -> new Ramp.Constant(arguments.get(VALUE)));

  private static final Definition<Ramp> LINEAR =
      new Definition<>(
          "linear",
          Category.RAMP,
          Form.FUNCTION,
          "straight from one value at the first step to another at the last",
          List.of(WAY),
          "let slower = adam { lr = linear(1e-3 -> 1e-5) }",
          arguments -> new Ramp.Linear(arguments.get(WAY).from(), arguments.get(WAY).to()));

  private static final Definition<Ramp> COSINE =
      new Definition<>(
          "cosine",
          Category.RAMP,
          Form.FUNCTION,
          "rises to one value, then falls to another along half a cosine",
          List.of(CHANGE, WARMUP),
          "let gentle = adam { lr = cosine(1e-3 -> 2e-5, warmup = 50 steps) }",
          arguments ->
              new Ramp.Cosine(
                  arguments.get(CHANGE).from(), arguments.get(CHANGE).to(), arguments.get(WARMUP)));

  private static final Definition<OptimizerSettings> ADAM =
      new Definition<>(
          "adam",
          Category.OPTIMIZER,
          Form.BLOCK,
          "Adam (Kingma and Ba 2015), after clipping by the norm of the gradient",
          List.of(RATE, BETA1, BETA2, EPSILON, CLIP_NORM),
          "let gentle = adam { lr = cosine(1e-3 -> 2e-5, warmup = 50 steps), clip_norm = 10 }",
          arguments ->
              new OptimizerSettings(
                  arguments.get(RATE).create(Ramp.class),
                  new Adam.Settings(
                      arguments.get(BETA1),
                      arguments.get(BETA2),
                      arguments.get(EPSILON),
                      arguments.find(CLIP_NORM).orElse(Double.POSITIVE_INFINITY))));

  private OptimizerDefinitions() {}

  /** All optimizers and ramps. */
  public static List<Definition<?>> all() {
    return List.of(ADAM, COSINE, LINEAR, CONSTANT);
  }
}

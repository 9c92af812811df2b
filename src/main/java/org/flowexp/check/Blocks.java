package org.flowexp.check;

import java.util.List;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.ParameterType.Declared;
import org.flowexp.catalog.Part;
import org.flowexp.model.SystemModel;
import org.flowexp.units.Dimension;

/** The fields of the grammar's own blocks. */
final class Blocks {
  static final Parameter<SystemModel> SYSTEM =
      Parameter.of("system", Declared.SYSTEM, SystemModel.class, "the target density");
  static final Parameter<Value.Flow> ARCHITECTURE =
      Parameter.of(
          "architecture",
          Declared.ARCHITECTURE,
          Value.Flow.class,
          "base density and layers, from latent to configuration");
  static final Parameter<Value.Schedule> SCHEDULE =
      Parameter.of("schedule", Declared.SCHEDULE, Value.Schedule.class, "the phases of training");
  static final Parameter<Long> SEED =
      Parameter.whole(
              "seed", Dimension.NONE, 0, Long.MAX_VALUE, "root of weights, batches and draws")
          .orElse(0L);
  static final Parameter<Value.ListOf> METRICS =
      Parameter.of("metrics", Declared.METRICS, Value.ListOf.class, "what is measured");
  static final Parameter<Long> EVALUATE_EVERY =
      Parameter.whole(
              "evaluate_every",
              Dimension.STEPS,
              1,
              Long.MAX_VALUE,
              "steps between evaluations; without it, at the end of each phase")
          .mayBeMissing();
  static final Parameter<Long> EVALUATE_ON =
      Parameter.whole(
              "evaluate_on",
              Dimension.SAMPLES,
              1,
              Long.MAX_VALUE,
              "samples of the flow in an evaluation")
          .orElse(100_000L);
  static final Parameter<Value.Initial> INITIAL =
      Parameter.of(
              "initial",
              Declared.INITIAL,
              Value.Initial.class,
              "whose parameters to start from; without it, random ones")
          .mayBeMissing();
  static final Parameter<Object> FIGURES =
      Parameter.of(
              "figures",
              new ParameterType.PartsOf(Category.FIGURE),
              Object.class,
              "what the report draws of the last evaluation; no part of the hash")
          .mayBeMissing();
  static final Parameter<Value.Data> REFERENCE =
      Parameter.of(
              "reference",
              Declared.DATA,
              Value.Data.class,
              "samples of the target to draw beside the flow's; no part of the hash")
          .mayBeMissing();
  static final Parameter<Part> TRACK =
      Parameter.part("track", Category.TRACKER, "where the run is tracked; no part of the hash")
          .mayBeMissing();

  static final Definition<Arguments> EXPERIMENT =
      new Definition<>(
          "experiment",
          Category.BLOCK,
          Definition.Form.BLOCK,
          "a system, an architecture, a schedule, and what is measured",
          List.of(
              SYSTEM,
              ARCHITECTURE,
              SCHEDULE,
              SEED,
              METRICS,
              EVALUATE_EVERY,
              EVALUATE_ON,
              INITIAL,
              FIGURES,
              REFERENCE,
              TRACK),
          "",
          arguments -> arguments);

  static final Parameter<Value.Data> DATA =
      Parameter.of("data", Declared.DATA, Value.Data.class, "samples for losses on data")
          .mayBeMissing();
  static final Parameter<Value.Loss> MINIMIZE =
      Parameter.of("minimize", Declared.LOSS, Value.Loss.class, "the loss");
  static final Parameter<Part> BETA =
      Parameter.of(
              "beta",
              new ParameterType.Ramped(Dimension.NONE, 0),
              Part.class,
              "the factor on the reduced energy in this phase's losses: log_p is -beta u")
          .orElse(Ramps.constant(1));
  static final Parameter<Long> STEPS =
      Parameter.whole("steps", Dimension.STEPS, 0, Long.MAX_VALUE, "optimizer steps");
  static final Parameter<Long> BATCH =
      Parameter.whole("batch", Dimension.SAMPLES, 2, 1L << 24, "samples in each batch");
  static final Parameter<Part> OPTIMIZER =
      Parameter.of(
          "optimizer",
          new ParameterType.PartOf(Category.OPTIMIZER),
          Part.class,
          "how parameters are updated");

  static final Definition<Arguments> PHASE =
      new Definition<>(
          "phase",
          Category.BLOCK,
          Definition.Form.BLOCK,
          "one stretch of training",
          List.of(DATA, MINIMIZE, BETA, STEPS, BATCH, OPTIMIZER),
          "",
          arguments -> arguments);

  private Blocks() {}
}

package org.flowexp.vocabulary;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.catalog.Definition;
import org.flowexp.coordinates.CoordinateDefinitions;
import org.flowexp.density.DensityDefinitions;
import org.flowexp.flow.FlowDefinitions;
import org.flowexp.model.BandDefinitions;
import org.flowexp.optimizer.OptimizerDefinitions;
import org.flowexp.report.FigureDefinitions;
import org.flowexp.sampler.SamplerDefinitions;
import org.flowexp.system.SystemDefinitions;
import org.flowexp.tracking.TrackingDefinitions;

/** Every word of the language that is not its grammar. Listing them does not load TensorFlow. */
public final class Vocabulary {
  private static final List<Definition<?>> ALL =
      Stream.of(
              SystemDefinitions.all(),
              DensityDefinitions.all(),
              FlowDefinitions.all(),
              CoordinateDefinitions.all(),
              OptimizerDefinitions.all(),
              SamplerDefinitions.all(),
              FigureDefinitions.all(),
              TrackingDefinitions.all(),
              BandDefinitions.all())
          .<Definition<?>>flatMap(List::stream)
          .toList();

  private Vocabulary() {}

  /** All words, category by category. */
  public static List<Definition<?>> all() {
    return ALL;
  }

  /** The word of this name. */
  public static Optional<Definition<?>> find(String name) {
    return ALL.stream().filter(definition -> definition.name().equals(name)).findFirst();
  }
}

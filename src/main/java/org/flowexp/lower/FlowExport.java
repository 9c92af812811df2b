package org.flowexp.lower;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.flowexp.data.Samples;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A flow and its target as a SavedModel, which TensorFlow loads in any language. The parameters are
 * constants of its graph, so there is nothing to restore. Numbers are of the run's precision; its
 * signatures:
 *
 * <ul>
 *   <li>{@code sample}: {@code count} (int32) and {@code seed} [2] (int64) → {@code x} [count,
 *       dim], {@code log_q} [count], {@code u} [count] in kT; a pure function of its inputs
 *   <li>{@code log_prob}: {@code x} [n, dim] → {@code log_q} [n], {@code z} [n, dim]
 *   <li>{@code energy}: {@code x} [n, dim] → {@code u} [n], the reduced energy in kT
 * </ul>
 */
public final class FlowExport {
  private FlowExport() {}

  /**
   * Writes the folder of a SavedModel.
   *
   * @param data the rows that layers learn from
   * @param parameters as many as the architecture has
   */
  public static void write(
      Path folder,
      ExperimentModel experiment,
      Precision precision,
      Function<DataSource, Samples> data,
      double[] parameters)
      throws IOException {
    try (GraphBuilder g = new GraphBuilder(precision)) {
      ParameterLayout layout = new ParameterLayout();
      Pushforward flow = Lowering.flow(layout, experiment.architecture(), data);
      if (layout.size() != parameters.length) {
        throw new IllegalArgumentException(parameters.length + " parameters, not " + layout.size());
      }
      var fixed = new Parameters(g, layout, g.constant(parameters));
      ReducedEnergy target = Lowering.target(experiment.system());
      Signature[] signatures = {
        sample(fixed, flow, target), logProb(fixed, flow, target.dim()), energy(g, target)
      };
      try (Session session = SessionOptions.cpu(1).open(g.graph())) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignatures(signatures)
            .export();
      }
    }
  }

  private static Signature sample(Parameters parameters, Pushforward flow, ReducedEnergy target) {
    GraphBuilder g = parameters.builder();
    Operand<TInt64> seed = g.keyPlaceholder();
    Operand<TInt32> count = g.countPlaceholder();
    Pushforward.Sample drawn = flow.sample(parameters, seed, count);
    return Signature.builder("sample")
        .input("count", count)
        .input("seed", seed)
        .output("x", drawn.x())
        .output("log_q", drawn.logDensity())
        .output("u", target.reduced(g, drawn.x()))
        .build();
  }

  private static Signature logProb(Parameters parameters, Pushforward flow, int dim) {
    Operand<TFloating> x = parameters.builder().placeholder(-1, dim);
    Pushforward.Evaluation found = flow.logDensity(parameters, x);
    return Signature.builder("log_prob")
        .input("x", x)
        .output("log_q", found.logDensity())
        .output("z", found.z())
        .build();
  }

  private static Signature energy(GraphBuilder g, ReducedEnergy target) {
    Operand<TFloating> x = g.placeholder(-1, target.dim());
    return Signature.builder("energy").input("x", x).output("u", target.reduced(g, x)).build();
  }
}

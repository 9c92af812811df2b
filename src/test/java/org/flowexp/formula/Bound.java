package org.flowexp.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.expression.Columns;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.family.TFloating;

/** Samples as constants of a graph. */
final class Bound {
  private Bound() {}

  static Map<String, Operand<TFloating>> constants(GraphBuilder builder, Columns samples) {
    Map<String, Operand<TFloating>> bindings = new HashMap<>();
    samples.batches().forEach((name, values) -> bindings.put(name, builder.constant(values)));
    samples
        .vectors()
        .forEach(
            (name, values) ->
                bindings.put(name, builder.constant(values, samples.count(), samples.dim(name))));
    samples.scalars().forEach((name, value) -> bindings.put(name, builder.constant(value)));
    return bindings;
  }

  static List<double[]> values(GraphBuilder builder, List<Operand<TFloating>> nodes) {
    // Optimising takes most of the time of a graph that is run once.
    ConfigProto unoptimised =
        ConfigProto.newBuilder()
            .setGraphOptions(
                GraphOptions.newBuilder()
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
            .build();
    // Equal formulas share a node, which cannot be fetched twice.
    List<Operand<TFloating>> fetched =
        nodes.stream().<Operand<TFloating>>map(builder.tf()::identity).toList();
    try (Session session = new Session(builder.graph(), unoptimised)) {
      var runner = session.runner();
      fetched.forEach(runner::fetch);
      try (var result = runner.run()) {
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
          values.add(Precision.values(result.get(i)));
        }
        return values;
      }
    }
  }
}

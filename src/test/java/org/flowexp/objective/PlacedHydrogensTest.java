package org.flowexp.objective;

import static org.flowexp.testing.Write.column;
import static org.flowexp.testing.Write.mean;
import static org.flowexp.testing.Write.minus;
import static org.flowexp.testing.Write.negative;
import static org.flowexp.testing.Write.power;
import static org.flowexp.testing.Write.relu;
import static org.flowexp.testing.Write.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.expression.Formula;
import org.flowexp.flow.AffineTransformer;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Chain;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Layer;
import org.flowexp.flow.Mask;
import org.flowexp.flow.Network;
import org.flowexp.model.Source;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;
import org.flowexp.random.Seeds;
import org.flowexp.system.MolecularTargets;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.tensor.Slice;
import org.flowexp.tensor.Variable;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.Words;
import org.junit.jupiter.api.Test;

/** Which losses move the hydrogens of butane, and which the flow over its heavy atoms. */
final class PlacedHydrogensTest {
  private static final int ROWS = 8;
  private static final int WIDTH = 42;
  private static final Formula U = column("u");
  private static final Formula R = column("log_w");

  private final Compound butane = Compound.shipped("butane").orElseThrow();
  private final ParameterLayout layout = new ParameterLayout();
  private final Pushforward flow = flow();
  private final double[] start =
      Seeds.generator(1, "start", 0).doubles(layout.size()).map(v -> 0.4 * v - 0.2).toArray();

  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Step(double value, double[] gradient) {}

  private Pushforward flow() {
    AtomSet heavy =
        AtomSet.where(
            butane.topology(), i -> !butane.topology().atoms().get(i).element().equals("H"));
    Bijection coupling =
        new Coupling(
            layout, "flow", Mask.alternating(6, 0), Network.silu(4), new AffineTransformer(1));
    Bijection zmat =
        layer("internal_coordinates", Map.of("topology", butane, "atoms", heavy), "zmat");
    Bijection hydrogens =
        layer("place_hydrogens", Map.of("topology", butane, "hidden", List.of(4L)), "hydrogens");
    return new Pushforward(new StandardNormal(6), new Chain(List.of(coupling, zmat, hydrogens)));
  }

  private Bijection layer(String word, Map<String, Object> given, String name) {
    return Words.part(word, given)
        .create(Layer.class)
        .build(layout, name, CoordinateKinds.linear(12));
  }

  /** The reference with each atom moved; the hydrogens by another seed. */
  private double[] data(int hydrogenSeed) {
    SplittableRandom heavy = Seeds.generator(2, "heavy", 0);
    SplittableRandom light = Seeds.generator(hydrogenSeed, "light", 0);
    double[] rows = new double[ROWS * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      boolean isHeavy = !butane.topology().atoms().get(i % WIDTH / 3).element().equals("H");
      rows[i] =
          butane.reference().get(i % WIDTH) + 0.004 * (isHeavy ? heavy : light).nextGaussian();
    }
    return rows;
  }

  private Step step(Source source, Formula formula, double[] theta, double[] rows) {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Variable variable = new Variable(g, "theta", layout.size());
      Parameters parameters = new Parameters(g, layout, variable.value());
      var objective =
          new Objective(
              parameters,
              flow,
              MolecularTargets.of(butane, 300, Optional.empty(), Optional.empty()),
              DoubleWell.loss("term", source, formula),
              ROWS);
      var gradient = Gradients.of(g, objective.total(), parameters.flat());
      try (var session = SessionOptions.cpu(1).open(g.graph());
          var weights = Precision.FLOAT64.tensor(new double[] {1, 1}, 2);
          var key = GraphBuilder.key(Seeds.key(5, "test", 0));
          var fed = Precision.FLOAT64.tensor(rows, ROWS, WIDTH)) {
        variable.assign(session, theta);
        var runner = session.runner().feed(objective.weights(), weights);
        for (SourceBatch batch : objective.batches()) {
          batch.key().ifPresent(place -> runner.feed(place, key));
          batch.data().ifPresent(place -> runner.feed(place, fed));
        }
        try (var result = runner.fetch(objective.total()).fetch(gradient).run()) {
          return new Step(Precision.scalar(result.get(0)), Precision.values(result.get(1)));
        }
      }
    }
  }

  private Step step(Source source, Formula formula) {
    return step(source, formula, start, data(3));
  }

  /** The largest slope in the parameters of a part. */
  private double moves(String part, double[] gradient) {
    double most = 0;
    for (Slice slice : layout.slices()) {
      if (slice.name().startsWith(part)) {
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
          most = Math.max(most, Math.abs(gradient[i]));
        }
      }
    }
    return most;
  }

  @Test
  void theEnergyOnDataAndOnTheModelMovesHydrogensAlone() {
    for (Source source : List.of(Source.DATA, Source.MODEL)) {
      double[] gradient = step(source, mean(U)).gradient();
      assertEquals(0, moves("flow", gradient), source.word());
      assertTrue(moves("hydrogens", gradient) > 1e-3, source.word());
    }
  }

  @Test
  void itsSlopeIsTheDifferenceQuotient() {
    Slice bias =
        layout.slices().stream()
            .filter(slice -> slice.name().equals("hydrogens/bias1"))
            .findFirst()
            .orElseThrow();
    for (Source source : List.of(Source.DATA, Source.MODEL)) {
      double[] gradient = step(source, mean(U)).gradient();
      for (int i = bias.offset(); i < bias.offset() + bias.size(); i += 7) {
        double[] up = start.clone();
        double[] down = start.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double quotient =
            (step(source, mean(U), up, data(3)).value()
                    - step(source, mean(U), down, data(3)).value())
                / 2e-5;
        assertEquals(quotient, gradient[i], 1e-5 * Math.max(1, Math.abs(quotient)));
      }
    }
  }

  @Test
  void weightsOnDataAndOnTheModelMoveTheFlowAlone() {
    Formula masked = mean(power(relu(minus(R, stop(mean(R)))), 2));
    for (double[] gradient :
        List.of(
            step(Source.MODEL, masked).gradient(),
            step(Source.DATA, masked).gradient(),
            step(Source.DATA, negative(mean(column("log_q")))).gradient())) {
      assertEquals(0, moves("hydrogens", gradient));
      assertTrue(moves("flow", gradient) > 1e-3);
    }
  }

  @Test
  void onTheLatentBothMove() {
    double[] gradient = step(Source.LATENT, negative(mean(R))).gradient();
    assertTrue(moves("hydrogens", gradient) > 1e-3 && moves("flow", gradient) > 1e-3);
  }

  @Test
  void theHydrogensOfDataDoNotCount() {
    double here = step(Source.DATA, mean(U)).value();
    assertEquals(here, step(Source.DATA, mean(U), start, data(4)).value(), 1e-9 * Math.abs(here));
    assertNotEquals(data(3)[0], data(4)[0], "the first atom is a hydrogen, and was moved");
    double[] other = Arrays.copyOf(start, start.length);
    other[start.length - 1] += 0.5;
    assertTrue(Math.abs(step(Source.DATA, mean(U), other, data(3)).value() - here) > 1e-3);
  }
}

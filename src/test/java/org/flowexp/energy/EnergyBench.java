package org.flowexp.energy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** A force field in a graph of its own, evaluated on Java arrays. */
final class EnergyBench implements AutoCloseable {
  private final long atoms;
  private final GraphBuilder builder;
  private final Operand<TFloating> fed;
  private final Map<EnergyTerm, Operand<TFloating>> terms;
  private final Operand<TFloating> total;
  private final Operand<TFloating> gradient;
  private final Session session;

  /**
   * Per term [batch]; their sum [batch]; its negative gradient [batch, 3N] flat. Never compared.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(Map<EnergyTerm, double[]> terms, double[] energy, double[] forces) {}

  EnergyBench(ForceFieldEnergy energy, Precision precision) {
    atoms = energy.atoms();
    builder = new GraphBuilder(precision);
    fed = builder.placeholder(-1, 3 * atoms);
    terms = energy.terms(builder, fed);
    total = builder.tf().math.addN(List.copyOf(terms.values()));
    gradient = builder.tf().math.neg(Gradients.of(builder, total, fed));
    session = SessionOptions.cpu(1).open(builder.graph());
  }

  Answer evaluate(double[] positions) {
    long rows = positions.length / (3 * atoms);
    List<EnergyTerm> order = new ArrayList<>(terms.keySet());
    try (TFloating x = builder.precision().tensor(positions, rows, 3 * atoms)) {
      var runner = session.runner().feed(fed, x).fetch(total).fetch(gradient);
      // Absent terms are one node; a node can be fetched once.
      List<Operand<TFloating>> distinct = order.stream().map(terms::get).distinct().toList();
      distinct.forEach(runner::fetch);
      try (var result = runner.run()) {
        Map<EnergyTerm, double[]> values = new EnumMap<>(EnergyTerm.class);
        for (int i = 0; i < order.size(); i++) {
          EnergyTerm term = order.get(i);
          int place = distinct.indexOf(terms.get(term));
          values.put(term, Precision.values(result.get(place + 2)));
        }
        return new Answer(values, Precision.values(result.get(0)), Precision.values(result.get(1)));
      }
    }
  }

  /** Microseconds a conformation, the median of several runs. */
  double microseconds(double[] positions, boolean forces, int repeats) {
    long rows = positions.length / (3 * atoms);
    List<Double> times = new ArrayList<>();
    try (TFloating x = builder.precision().tensor(positions, rows, 3 * atoms)) {
      for (int i = 0; i < repeats; i++) {
        long start = System.nanoTime();
        var runner = session.runner().feed(fed, x).fetch(total);
        if (forces) {
          runner.fetch(gradient);
        }
        runner.run().close();
        times.add((System.nanoTime() - start) * 1e-3 / rows);
      }
    }
    return times.stream().sorted().skip(repeats / 2).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    session.close();
    builder.close();
  }
}

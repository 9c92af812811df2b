package org.flowexp.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.density.Pushforward;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Readings;
import org.flowexp.model.LossModel;
import org.flowexp.model.Source;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A loss in the graph: Σ weight · term, each term over the batch of its source, with log_p = −beta
 * u.
 */
public final class Objective {
  private final int batchSize;
  private final List<SourceBatch> batches;
  private final Operand<TFloating> coefficients;
  private final Operand<TFloating> total;
  private final Map<String, Operand<TFloating>> terms = new LinkedHashMap<>();
  private final Map<String, Operand<TFloating>> statistics = new LinkedHashMap<>();

  /**
   * Adds the loss to the graph.
   *
   * @param batchSize rows of each source's batch
   */
  public Objective(
      Parameters parameters,
      Pushforward flow,
      ReducedEnergy target,
      LossModel loss,
      int batchSize) {
    this.batchSize = batchSize;
    GraphBuilder g = parameters.builder();
    int count = loss.terms().size();
    this.coefficients = g.placeholder(count + 1);
    List<Operand<TFloating>> ramped = g.split(0, coefficients, count, 1);
    Operand<TFloating> beta = g.tf().reshape(ramped.get(1), g.tf().constant(new int[0]));
    this.batches =
        loss.terms().stream()
            .map(LossModel.Term::source)
            .distinct()
            .sorted(Comparator.naturalOrder())
            .map(
                source ->
                    SourceBatch.of(
                        source,
                        parameters,
                        flow,
                        target,
                        Readings.of(formulas(loss, source)).here(),
                        batchSize,
                        beta))
            .toList();
    List<String> names = loss.termNames();
    for (int i = 0; i < names.size(); i++) {
      LossModel.Term term = loss.terms().get(i);
      terms.put(names.get(i), batch(term.source()).orElseThrow().value(term.formula()));
    }
    this.total =
        g.sum(g.tf().math.mul(ramped.get(0), g.tf().stack(List.copyOf(terms.values()))), 0);
    for (SourceBatch batch : batches) {
      batch.statistics().forEach((name, value) -> statistics.put(statistic(batch, name), value));
    }
  }

  private static List<Formula> formulas(LossModel loss, Source source) {
    return loss.terms().stream()
        .filter(term -> term.source() == source)
        .map(LossModel.Term::formula)
        .toList();
  }

  /** Rows of each source's batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The sources that terms read, each with its samples. */
  public List<SourceBatch> batches() {
    return batches;
  }

  /** The samples of a source, if a term reads it. */
  public Optional<SourceBatch> batch(Source source) {
    return batches.stream().filter(batch -> batch.source() == source).findFirst();
  }

  /** Fed with the weight of each term, in the order of {@link #terms}, and then with beta. */
  public Operand<TFloating> weights() {
    return coefficients;
  }

  /** What is minimised: a scalar. */
  public Operand<TFloating> total() {
    return total;
  }

  /** Each term without its weight, by name, in the order of the loss. */
  public Map<String, Operand<TFloating>> terms() {
    return new LinkedHashMap<>(terms);
  }

  /** Scalars of the batches worth logging, by name. */
  public Map<String, Operand<TFloating>> statistics() {
    return new LinkedHashMap<>(statistics);
  }

  /** The name under which a statistic of a batch is in {@link #statistics}. */
  public String statistic(SourceBatch batch, String name) {
    return batches.size() == 1 ? name : batch.source().word() + "/" + name;
  }

  /** Evaluations of u in a step. */
  public long energyEvaluations() {
    return (long) batchSize * batches.stream().filter(SourceBatch::readsEnergy).count();
  }

  /** Names of the terms, in the order of the loss. */
  public List<String> termNames() {
    return new ArrayList<>(terms.keySet());
  }
}

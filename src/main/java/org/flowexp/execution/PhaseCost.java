package org.flowexp.execution;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a step of a phase costs.
 *
 * @param processorSeconds a step, by round: of all threads of the process
 * @param wallSeconds a step, by round
 * @param firstStepSeconds of the first step, which pays for TensorFlow's preparations
 * @param nodes operations of a step
 * @param energyEvaluations of a step
 * @param productOperations multiplications and additions of products of matrices in a step
 * @param peakMemory bytes of the process up to here
 * @param operations seconds by type of operation in one watched step; empty if none was watched
 * @param strays on a card: types of operations that ran on the processor and need not
 */
public record PhaseCost(
    String phase,
    String loss,
    long batch,
    List<Double> processorSeconds,
    List<Double> wallSeconds,
    double firstStepSeconds,
    int nodes,
    long energyEvaluations,
    double productOperations,
    OptionalLong peakMemory,
    Map<String, Double> operations,
    List<String> strays) {
  public PhaseCost {
    processorSeconds = List.copyOf(processorSeconds);
    wallSeconds = List.copyOf(wallSeconds);
    strays = List.copyOf(strays);
  }

  /** The middle of the rounds' processor times a step. */
  public double processorSecondsOfStep() {
    return median(processorSeconds);
  }

  /** The middle of the rounds' speeds. */
  public double stepsPerSecond() {
    return 1 / median(wallSeconds);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}

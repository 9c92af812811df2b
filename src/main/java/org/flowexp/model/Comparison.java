package org.flowexp.model;

import java.util.List;
import java.util.Map;

/**
 * Whether the arms that a claim compares differ in nothing but what the sweep varies: plain data
 * for the plan, the test and the report.
 *
 * @param arms compared, each by its value on every axis but the seeds
 * @param differs the values of each axis on which they differ, by param, in the order of the arms
 * @param sharedPhases the leading phases that are one and the same run in all arms, for each seed
 * @param firstPhase its name where there are several, else empty
 * @param energyEvaluations of u while training the phases that are not shared, and evaluating on
 *     the way, in the order of the arms
 */
public record Comparison(
    List<List<String>> arms,
    Map<String, List<String>> differs,
    List<String> sharedPhases,
    String firstPhase,
    List<Long> energyEvaluations) {
  public Comparison {
    arms = arms.stream().map(List::copyOf).toList();
    differs = Map.copyOf(differs);
    sharedPhases = List.copyOf(sharedPhases);
    energyEvaluations = List.copyOf(energyEvaluations);
  }

  /** Seeds pair the arms: what they share was drawn with the same seed. */
  public boolean paired() {
    return !sharedPhases.isEmpty();
  }

  /** Every arm may spend as many evaluations of u as any other. */
  public boolean sameBudget() {
    return energyEvaluations.stream().distinct().count() <= 1;
  }
}

package org.flowexp.model;

import java.util.List;
import java.util.Map;

/**
 * Runs of one experiment over the product of its axes. An experiment without a sweep is one with no
 * axes and one arm.
 *
 * @param axes in the order written; the value texts of each
 */
public record SweepModel(
    String name,
    String experiment,
    boolean declared,
    List<Axis> axes,
    List<Arm> arms,
    List<VerdictModel> verdicts) {
  public SweepModel {
    axes = List.copyOf(axes);
    arms = List.copyOf(arms);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * A parameter and the values it takes.
   *
   * @param seeds true if the axis is the experiment's seed: the one that means and claims run over
   */
  public record Axis(String param, List<String> values, boolean seeds) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  /** A run and its value on each axis. */
  public record Arm(Map<String, String> values, ExperimentModel experiment) {}
}

package org.flowexp.model;

import java.util.Map;
import org.flowexp.expression.Formula;

/**
 * One value of an evaluation.
 *
 * @param formula over samples of the flow, with its {@link Formula.On} parts over data
 * @param data by the key that {@code On} names
 */
public record MetricModel(String name, Formula formula, Map<String, DataSource> data) {
  public MetricModel {
    data = Map.copyOf(data);
  }
}

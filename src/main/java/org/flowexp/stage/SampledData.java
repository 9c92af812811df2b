package org.flowexp.stage;

import java.util.Map;
import org.flowexp.data.Samples;

/**
 * A data set and what it cost.
 *
 * @param draws evaluations of u by each sampler it was drawn with, by the key of the draw, so that
 *     two data sets of one draw are not counted twice
 */
public record SampledData(Samples samples, Map<String, Long> draws) {
  /** Copies the account. */
  public SampledData {
    draws = Map.copyOf(draws);
  }

  SampledData with(Samples others) {
    return new SampledData(others, draws);
  }
}

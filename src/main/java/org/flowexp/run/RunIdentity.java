package org.flowexp.run;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What tells one run from all others.
 *
 * @param id a stable key, the same when the run is resumed, for example its hash
 * @param name for people: {@code objective=l2_masked seed=0}
 * @param experiment the name of the experiment's declaration
 * @param sweep the id of the sweep this run is a trial of
 * @param params every resolved parameter under its dotted name
 * @param tags what is worth searching for, but is no parameter
 */
public record RunIdentity(
    String id,
    String name,
    String experiment,
    Optional<String> sweep,
    Map<String, String> params,
    Map<String, String> tags) {
  public RunIdentity {
    requireNonNull(name);
    requireNonNull(experiment);
    requireNonNull(sweep);
    if (id.isBlank()) {
      throw new IllegalArgumentException("a run needs an id");
    }
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
  }
}

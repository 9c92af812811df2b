package org.flowexp.model;

import java.util.List;

/** Everything a file asks for: each sweep, and each experiment that no sweep varies. */
public record Suite(String file, List<SweepModel> sweeps) {
  public Suite {
    sweeps = List.copyOf(sweeps);
  }
}

package org.flowexp.execution;

import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;

/**
 * How runs are computed; only the precision changes results.
 *
 * @param threads on the processor, shared by the arms that run at once; at least 1
 * @param failFast whether an arm that fails keeps those not yet started from running
 */
public record RunSettings(Precision precision, Device device, int threads, boolean failFast) {
  /** Checks the threads. */
  public RunSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }

  public SessionOptions session(int operationThreads) {
    return new SessionOptions(device, operationThreads, 1);
  }
}

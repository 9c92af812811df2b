package org.flowexp.execution;

import java.util.Set;
import org.flowexp.stage.Arithmetic;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;

/**
 * How runs are computed; only the arithmetic changes results.
 *
 * @param threads on the processor, shared by the arms that run at once; at least 1
 * @param failFast whether an arm that fails keeps those not yet started from running
 * @param arithmetic that of the stages, found or made
 */
public record RunSettings(
    Precision precision, Device device, int threads, boolean failFast, Arithmetic arithmetic) {
  /** Checks the threads. */
  public RunSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }

  /** In the usual arithmetic of the processor. */
  public RunSettings(Precision precision, Device device, int threads, boolean failFast) {
    this(precision, device, threads, failFast, new Arithmetic(precision.word(), Set.of()));
  }

  /** For all but the graph of a run. */
  public SessionOptions session(int operationThreads) {
    return new SessionOptions(device, operationThreads, 1, SessionOptions.Compilation.NONE);
  }

  /** For the graph of a run: its steps, and what is measured of it. */
  SessionOptions runSession(int operationThreads) {
    return arithmetic.is(Arithmetic.Way.XLA)
        ? session(operationThreads).compiled()
        : session(operationThreads);
  }
}

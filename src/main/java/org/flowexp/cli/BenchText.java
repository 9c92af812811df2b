package org.flowexp.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.flowexp.execution.ExperimentCost;
import org.flowexp.execution.PhaseCost;
import org.flowexp.stage.Arithmetic;

/** What {@code bench} measured, for a person. */
final class BenchText {
  private static final int MOST_OPERATIONS = 15;

  private BenchText() {}

  static String of(BenchVerb.Result result) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%s: %s, %s, %d threads; %d rounds of %d steps; products of matrices reach %.1f G/s%n",
            result.file(),
            result.how().device().word(),
            result.how().arithmetic().without(Arithmetic.Way.GPU).word(),
            result.how().threads(),
            result.extent().rounds(),
            result.extent().steps(),
            result.productPeak() * 1e-9));
    for (BenchVerb.Measured measured : result.runs()) {
      String of = measured.values().isEmpty() ? "" : " " + measured.values();
      ExperimentCost cost = measured.cost();
      text.append(
          format(
              "%n%s%s: %,d parameters, graph of %,d nodes built in %.2f s,"
                  + " %,.0f samples/s, %,.0f energies/s%n",
              measured.sweep(),
              of,
              cost.parameters(),
              cost.nodes(),
              cost.buildSeconds(),
              cost.samplesPerSecond(),
              cost.energiesPerSecond()));
      cost.phases().forEach(phase -> text.append(phase(phase, result.productPeak())));
    }
    return text.toString();
  }

  private static String phase(PhaseCost cost, double peak) {
    String memory =
        cost.peakMemory().isPresent() ? MemoryCheck.size(cost.peakMemory().getAsLong()) : "unknown";
    String line =
        format(
            "  %s (%s, batch %,d): %.1f steps/s, %.3f ms of processor time a step, %,d nodes,"
                + " products %.0f %% of their peak, %,d energies a step, peak memory %s%n",
            cost.phase(),
            cost.loss(),
            cost.batch(),
            cost.stepsPerSecond(),
            1e3 * cost.processorSecondsOfStep(),
            cost.nodes(),
            100 * BenchJson.productShare(cost, peak),
            cost.energyEvaluations(),
            memory);
    double all = cost.operations().values().stream().mapToDouble(Double::doubleValue).sum();
    return line
        + cost.operations().entrySet().stream()
            .limit(MOST_OPERATIONS)
            .map(
                entry ->
                    format(
                        "    %-22s %8.3f ms %5.1f %%%n",
                        entry.getKey(), 1e3 * entry.getValue(), 100 * entry.getValue() / all))
            .collect(Collectors.joining());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

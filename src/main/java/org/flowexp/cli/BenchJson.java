package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.flowexp.execution.ExperimentCost;
import org.flowexp.execution.PhaseCost;
import org.flowexp.stage.Arithmetic;

/** What {@code bench} measured, for programs. Times in s, memory in bytes. */
final class BenchJson {
  private BenchJson() {}

  static ObjectNode of(BenchVerb.Result result) {
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("file", result.file());
    tree.put("device", result.how().device().word());
    tree.put("precision", result.how().precision().word());
    tree.put("xla", result.how().arithmetic().is(Arithmetic.Way.XLA));
    tree.put("tf32", result.how().arithmetic().is(Arithmetic.Way.TF32));
    tree.put("threads", result.how().threads());
    tree.put("steps", result.extent().steps());
    tree.put("rounds", result.extent().rounds());
    tree.put("product_peak", result.productPeak());
    var runs = tree.putArray("runs");
    for (BenchVerb.Measured measured : result.runs()) {
      ExperimentCost cost = measured.cost();
      ObjectNode run = runs.addObject();
      run.put("sweep", measured.sweep()).put("values", measured.values());
      run.put("build_time", cost.buildSeconds());
      run.put("graph_nodes", cost.nodes()).put("parameters", cost.parameters());
      run.put("samples_per_second", cost.samplesPerSecond());
      run.put("energies_per_second", cost.energiesPerSecond());
      var phases = run.putArray("phases");
      cost.phases().forEach(phase -> phases.add(phase(phase, result.productPeak())));
    }
    return tree;
  }

  private static ObjectNode phase(PhaseCost cost, double peak) {
    ObjectNode phase = new ObjectMapper().createObjectNode();
    phase.put("name", cost.phase()).put("loss", cost.loss()).put("batch", cost.batch());
    phase.put("steps_per_second", cost.stepsPerSecond());
    phase.put("cpu_time", cost.processorSecondsOfStep());
    var rounds = phase.putArray("cpu_times");
    cost.processorSeconds().forEach(rounds::add);
    phase.put("first_step_time", cost.firstStepSeconds());
    phase.put("nodes", cost.nodes());
    phase.put("energy_evaluations", cost.energyEvaluations());
    phase.put("product_operations", cost.productOperations());
    if (cost.processorSecondsOfStep() > 0) {
      phase.put("product_share", productShare(cost, peak));
    }
    cost.peakMemory().ifPresent(bytes -> phase.put("peak_memory", bytes));
    if (!cost.operations().isEmpty()) {
      cost.operations().forEach(phase.putObject("operations")::put);
    }
    cost.strays().forEach(phase.putArray("on_processor")::add);
    return phase;
  }

  /** The share of a step's time that its products of matrices would take at the peak. */
  static double productShare(PhaseCost cost, double peak) {
    return cost.productOperations() / peak / cost.processorSecondsOfStep();
  }
}

package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.JsonRenderer;
import org.flowexp.lower.EnergyBudget;
import org.flowexp.lower.FlowLayout;
import org.flowexp.lower.MemoryEstimate;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataUse;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.Fairness;
import org.flowexp.model.SweepModel;
import org.flowexp.stage.Plan;
import org.flowexp.stage.TimeLeft;

/**
 * What {@code plan --format json} prints: {@code diagnostics} and {@code sweeps}; a sweep has its
 * distinct {@code stages} and its {@code arms}, each resolved: {@code canonical} and the {@code
 * sha256} of it, {@code parameters}, the {@code data} it hangs on, {@code energy_evals} and the
 * keys of its stages in order. {@code fairness} compares the arms; {@code time_left} says what its
 * sum is made of.
 */
final class PlanJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PlanJson() {}

  static ObjectNode of(
      String file, List<Diagnostic> diagnostics, List<PlanVerb.PlannedSweep> plans) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("file", file);
    document.set("diagnostics", new JsonRenderer().tree(diagnostics));
    ArrayNode sweeps = document.putArray("sweeps");
    plans.forEach(plan -> sweep(sweeps.addObject(), plan));
    return document;
  }

  private static void sweep(ObjectNode node, PlanVerb.PlannedSweep planned) {
    SweepModel sweep = planned.sweep();
    node.put("name", sweep.name()).put("experiment", sweep.experiment());
    node.put("precision", planned.precision());
    ArrayNode stages = node.putArray("stages");
    for (Plan.Planned stage : planned.plan().stages()) {
      ObjectNode one = stages.addObject();
      one.put("kind", stage.kind()).put("name", stage.name()).put("key", stage.key());
      one.put("arms", stage.arms().size()).put("cached", stage.isCached());
      one.put("state", stage.state());
      one.put("seconds", stage.seconds().orElse(null));
      one.put("seconds_from", stage.basis().word());
    }
    TimeLeft time = planned.plan().timeLeft();
    ObjectNode left = node.putObject("time_left");
    left.put("seconds", time.seconds()).put("complete", time.unknown() == 0);
    ObjectNode from = left.putObject("stages");
    time.counts().forEach((basis, count) -> from.put(basis.word(), count));
    fairness(node.putObject("fairness"), Fairness.of(sweep));
    ArrayNode arms = node.putArray("arms");
    for (int i = 0; i < sweep.arms().size(); i++) {
      arm(arms.addObject(), sweep.arms().get(i), planned.plan().ofArm(i), planned.width());
    }
  }

  private static void fairness(ObjectNode node, Fairness fairness) {
    fairness.differs().forEach(node.putArray("differs")::add);
    fairness.shared().forEach(node.putArray("shared_phases")::add);
    node.putObject("same")
        .put("steps", fairness.sameSteps())
        .put("samples", fairness.sameSamples())
        .put("energy_evals", fairness.sameEnergies());
    ArrayNode budgets = node.putArray("budgets");
    for (Fairness.Budget budget : fairness.budgets()) {
      ObjectNode one = budgets.addObject();
      budget.arm().forEach(one.putObject("arm")::put);
      one.put("steps", budget.steps()).put("samples", budget.samples());
      one.put("energy_evals", budget.energyEvaluations());
    }
  }

  private static void memory(ObjectNode node, MemoryEstimate memory) {
    node.put("bytes", memory.bytes()).put("phase", memory.phase()).put("rows", memory.batch());
    node.put("bytes_per_row", Math.round(memory.bytesPerRow()))
        .put("heap", memory.samples() + memory.data());
  }

  private static void arm(
      ObjectNode node, SweepModel.Arm arm, List<Plan.Planned> stages, int width) {
    ExperimentModel experiment = arm.experiment();
    String canonical = Canonical.of(experiment);
    arm.values().forEach(node.putObject("values")::put);
    experiment.params().forEach(node.putObject("params")::put);
    node.put("canonical", canonical).put("sha256", Canonical.sha256(canonical));
    node.put("parameters", FlowLayout.parameters(experiment.architecture()));
    node.put("dim", experiment.architecture().dim());
    ArrayNode data = node.putArray("data");
    for (DataUse use : DataUse.of(experiment)) {
      data.addObject().put("kind", use.kind().word()).put("by", use.by()).put("data", use.data());
    }
    EnergyBudget budget = EnergyBudget.of(experiment);
    node.putObject("energy_evals")
        .put("data", budget.data())
        .put("training", budget.training())
        .put("metrics", budget.evaluation())
        .put("total", budget.total())
        .put("exact", budget.isExact());
    memory(node.putObject("memory"), MemoryEstimate.of(experiment, width));
    ArrayNode keys = node.putArray("stages");
    stages.forEach(stage -> keys.add(stage.key()));
  }
}

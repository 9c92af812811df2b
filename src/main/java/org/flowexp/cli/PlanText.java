package org.flowexp.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flowexp.lower.EnergyBudget;
import org.flowexp.lower.FlowLayout;
import org.flowexp.lower.MemoryEstimate;
import org.flowexp.model.DataUse;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.Fairness;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.SweepModel;
import org.flowexp.stage.Plan;
import org.flowexp.stage.Plan.Planned;
import org.flowexp.stage.TimeLeft;

/** A plan for people. */
final class PlanText {
  private static final int DIGITS = 10;
  private static final int MOST_LINES = 60;

  private final StringBuilder text = new StringBuilder();
  private final SweepModel sweep;
  private final Plan plan;

  private PlanText(PlanVerb.PlannedSweep planned) {
    this.sweep = planned.sweep();
    this.plan = planned.plan();
  }

  static String of(PlanVerb.PlannedSweep planned) {
    PlanText text = new PlanText(planned);
    text.head(planned.precision());
    text.data();
    text.fairness();
    text.memory(planned.width());
    text.counts();
    text.stages();
    text.left();
    return text.text.toString();
  }

  private List<ExperimentModel> experiments() {
    return sweep.arms().stream().map(SweepModel.Arm::experiment).toList();
  }

  private void head(String precision) {
    int arms = sweep.arms().size();
    line(
        "\n%s `%s`, %s, %s",
        sweep.declared() ? "sweep" : "experiment", sweep.name(), plural(arms, "run"), precision);
    Set<String> shapes = new LinkedHashSet<>();
    Set<String> budgets = new LinkedHashSet<>();
    for (ExperimentModel experiment : experiments()) {
      shapes.add(shape(experiment));
      budgets.add(budget(EnergyBudget.of(experiment)));
    }
    shapes.forEach(shape -> line("  flow      %s", shape));
    budgets.forEach(budget -> line("  energies  %s", budget));
  }

  /** What data decide, in the order in which they do. */
  private void data() {
    Set<DataUse> uses = new LinkedHashSet<>();
    Set<String> free = new LinkedHashSet<>();
    for (ExperimentModel experiment : experiments()) {
      uses.addAll(DataUse.of(experiment));
      experiment.phases().stream().filter(PhaseModel::dataFree).forEach(p -> free.add(p.name()));
    }
    for (DataUse use : uses) {
      line("  data      %s: %s", used(use), use.data());
    }
    free.forEach(
        phase ->
            line(
                "  data_free phase %s%s",
                phase,
                uses.stream().anyMatch(use -> use.kind() != DataUse.Kind.MEASURED_ON)
                    ? ", on top of what data decided before it"
                    : ""));
  }

  private static String used(DataUse use) {
    return switch (use.kind()) {
      case BAKED_IN -> use.by() + ", baked in before training";
      case TRAINED_ON -> use.by() + " trains on";
      case MEASURED_ON -> use.by() + " looks at";
    };
  }

  private void fairness() {
    Fairness fairness = Fairness.of(sweep);
    if (fairness.budgets().size() < 2) {
      return;
    }
    line(
        "  fairness  with one seed the arms differ in %s alone",
        fairness.differs().isEmpty() ? "nothing" : String.join(", ", fairness.differs()));
    line(
        "            %s",
        fairness.shared().isEmpty()
            ? "no phase is shared by all of them"
            : "shared by all arms of a seed: phase " + String.join(", phase ", fairness.shared()));
    boolean equal = fairness.sameSteps() && fairness.sameSamples() && fairness.sameEnergies();
    if (equal) {
      line("            then each arm may spend %s", spent(fairness.budgets().get(0)));
      return;
    }
    line("            NOT the same budget:");
    fairness
        .budgets()
        .forEach(
            budget ->
                line(
                    "              %s: %s",
                    String.join(" ", budget.arm().values()), spent(budget)));
  }

  private static String spent(Fairness.Budget budget) {
    return "%s, %s of training, %s"
        .formatted(
            plural(budget.steps(), "step"),
            plural(budget.samples(), "sample"),
            plural(budget.energyEvaluations(), "energy evaluation"));
  }

  private void memory(int width) {
    Set<String> needs = new LinkedHashSet<>();
    for (ExperimentModel experiment : experiments()) {
      MemoryEstimate memory = MemoryEstimate.of(experiment, width);
      needs.add(
          "about %s a run, of them %s a row in phase `%s` (%s); heap %s"
              .formatted(
                  MemoryCheck.size(memory.bytes()),
                  MemoryCheck.size(Math.round(memory.bytesPerRow())),
                  memory.phase(),
                  plural(memory.batch(), "row"),
                  MemoryCheck.size(memory.samples() + memory.data())));
    }
    needs.forEach(need -> line("  memory    %s", need));
  }

  private static String shape(ExperimentModel experiment) {
    int latents = experiment.architecture().dim();
    int numbers = experiment.system().width();
    String both =
        latents == numbers
            ? "[batch, %d] latent to configuration".formatted(latents)
            : "[batch, %d] latents to configurations [batch, %d]".formatted(latents, numbers);
    return "%s, %s, %s"
        .formatted(
            both,
            plural(experiment.architecture().layers().size(), "layer"),
            plural(FlowLayout.parameters(experiment.architecture()), "parameter"));
  }

  private static String budget(EnergyBudget budget) {
    return "%s%s evaluations a run: data %s, training %s, metrics %s"
        .formatted(
            budget.isExact() ? "" : "at least ",
            figure(budget.total()),
            figure(budget.data()),
            figure(budget.training()),
            figure(budget.evaluation()));
  }

  /** The stages by what they are, and how many runs share them. */
  private void counts() {
    Map<String, List<Planned>> groups =
        plan.stages().stream()
            .collect(
                Collectors.groupingBy(PlanText::group, LinkedHashMap::new, Collectors.toList()));
    line("");
    groups.forEach(
        (name, stages) -> {
          Set<Integer> arms = new TreeSet<>();
          stages.forEach(stage -> arms.addAll(stage.arms()));
          long cached = stages.stream().filter(Planned::isCached).count();
          String shared =
              stages.size() < arms.size() ? "shared by " : arms.size() == 1 ? "of " : "for ";
          line(
              "  %-22s %s %s%s, %d cached",
              name, plural(stages.size(), "stage"), shared, plural(arms.size(), "run"), cached);
        });
  }

  private static String group(Planned stage) {
    return switch (stage.kind()) {
      case "phase" -> stage.name();
      case "evaluation" -> "evaluate " + stage.name().replaceAll(" after step .*", "");
      case "figures" -> stage.kind();
      default -> stage.kind() + " " + stage.name();
    };
  }

  private void stages() {
    line("");
    int lines = 0;
    for (Planned stage : plan.stages()) {
      if (lines++ == MOST_LINES) {
        line("  … and %d more; `--format json` has them all", plan.stages().size() - MOST_LINES);
        return;
      }
      line(
          "  %s %-11s %-28s %s%s",
          stage.key().substring(0, DIGITS),
          stage.kind(),
          stage.name(),
          stage.state(),
          stage.isCached() ? took(stage) : "");
    }
  }

  private static String took(Planned stage) {
    return stage.seconds().map(s -> String.format(Locale.ROOT, ", took %.1f s", s)).orElse("");
  }

  private void left() {
    TimeLeft time = plan.timeLeft();
    if (time.stages() == 0) {
      line("\n  nothing is left to run");
      return;
    }
    String known = Progress.duration(Duration.ofMillis(Math.round(time.seconds() * 1_000)));
    boolean hardlyAny = time.unknown() > 0 && time.seconds() < 1;
    if (time.unknown() == time.stages() || hardlyAny) {
      line("\n  time left: unknown, nothing like these stages was run here before");
      return;
    }
    line(
        "\n  time left: %s %s, one stage after the other, on this machine",
        time.unknown() == 0 ? "about" : "more than", known);
    List<String> from = new ArrayList<>();
    time.counts().forEach((basis, count) -> from.add(plural(count, "stage") + " " + basis.words()));
    line("            %s", String.join("; ", from));
  }

  private static String plural(long count, String noun) {
    return figure(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String figure(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}

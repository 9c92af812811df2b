package org.flowexp.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flowexp.lower.EnergyBudget;
import org.flowexp.lower.FlowLayout;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SweepModel;
import org.flowexp.stage.Plan;
import org.flowexp.stage.Plan.Planned;

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
    Set<String> fixed = new TreeSet<>();
    for (ExperimentModel experiment : experiments()) {
      shapes.add(shape(experiment));
      budgets.add(budget(EnergyBudget.of(experiment)));
      fixed.addAll(DataInFlow.of(experiment.architecture()));
    }
    shapes.forEach(shape -> line("  flow      %s", shape));
    budgets.forEach(budget -> line("  energies  %s", budget));
    boolean dataFree = experiments().stream().anyMatch(PlanText::hasDataFree);
    if (dataFree && !fixed.isEmpty()) {
      line("  data_free phases train on top of what data fixed: %s", String.join(", ", fixed));
    }
  }

  private static boolean hasDataFree(ExperimentModel experiment) {
    return experiment.phases().stream().anyMatch(phase -> phase.dataFree());
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
    boolean all = plan.stages().stream().allMatch(Planned::isCached);
    Optional<Double> seconds = plan.secondsLeft();
    String time =
        seconds
            .map(s -> "about " + Progress.duration(Duration.ofMillis(Math.round(s * 1_000))))
            .orElse("unknown: nothing like some of these stages is kept");
    line("\n  %s", all ? "nothing is left to run" : "time of the stages left, one by one: " + time);
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

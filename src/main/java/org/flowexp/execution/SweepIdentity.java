package org.flowexp.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.model.Canonical;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/** A sweep under settings, and what tells its arms apart; arms go by number, from 0. */
public final class SweepIdentity {
  private final SweepModel sweep;
  private final RunSettings settings;
  private final String id;

  /** Hashes all arms, once. */
  public SweepIdentity(SweepModel sweep, RunSettings settings) {
    this.sweep = sweep;
    this.settings = settings;
    this.id = SweepRun.sweepId(sweep, settings);
  }

  /** The sweep itself. */
  public SweepModel sweep() {
    return sweep;
  }

  RunSettings settings() {
    return settings;
  }

  /** The id under which its runs name it. */
  public String id() {
    return id;
  }

  /** What the events of an arm are about. */
  public RunIdentity arm(int number) {
    SweepModel.Arm arm = sweep.arms().get(number);
    String name =
        arm.values().isEmpty()
            ? arm.experiment().name()
            : arm.values().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    String hash = SweepRun.hash(arm.experiment(), settings);
    Map<String, String> params = new LinkedHashMap<>(arm.experiment().params());
    params.putAll(arm.values());
    return new RunIdentity(
        Canonical.sha256(hash + "\n" + sweep.name() + "\n" + name),
        name,
        arm.experiment().name(),
        sweep.declared() ? Optional.of(id) : Optional.empty(),
        params,
        Map.of("hash", hash, "precision", settings.arithmetic().word()));
  }

  /** What is known of an arm that ended without a result. */
  public RunRecord unfinished(int number, RunStatus status, String message) {
    return record(number, new Outcome(Map.of(), 0, 0, status, Optional.of(message), List.of()));
  }

  RunRecord record(int number, Outcome outcome) {
    RunIdentity identity = arm(number);
    SweepModel.Arm arm = sweep.arms().get(number);
    return new RunRecord(
        identity.id(),
        SweepRun.hash(arm.experiment(), settings),
        identity.name(),
        arm.values(),
        arm.experiment().params(),
        outcome.metrics(),
        outcome.energyEvaluations(),
        outcome.status(),
        outcome.message(),
        outcome.figures());
  }
}

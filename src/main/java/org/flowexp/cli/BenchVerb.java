package org.flowexp.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.Benchmark;
import org.flowexp.execution.ExperimentCost;
import org.flowexp.execution.PhaseCost;
import org.flowexp.execution.RunSettings;
import org.flowexp.model.Canonical;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench FILE}: what a step of a file's runs costs on this machine. */
@Command(
    name = "bench",
    description = {
      "Takes the time of training steps: the steps that `run` trains with, on its data.",
      "One run of each sweep's arms, whatever their seeds. Nothing is recorded."
    })
final class BenchVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "of a round; 100 if not given",
      defaultValue = "100")
  private long steps = 100;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "of which the middle counts; 5 if not given",
      defaultValue = "5")
  private int rounds = 5;

  @Option(names = "--operations", description = "also the time of each type of operation")
  private boolean operations;

  @Option(
      names = "--paced",
      description = "waits for a line on standard input before each round; for interleaving")
  private boolean paced;

  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final PartOptions part = new PartOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  BenchVerb(Host host) {
    super(host);
  }

  /**
   * A run that was measured.
   *
   * @param values of the axes of its sweep but the seed, with commas
   */
  record Measured(String sweep, String values, ExperimentCost cost) {}

  /**
   * All that was measured.
   *
   * @param productPeak operations a second of processor time
   */
  record Result(
      String file,
      RunSettings how,
      Benchmark.Extent extent,
      double productPeak,
      List<Measured> runs) {}

  @Override
  public Integer call() throws UsageProblem, RunFailure {
    if (steps < 1 || rounds < 1) {
      throw new UsageProblem("`--steps` and `--rounds`: expected at least 1");
    }
    Settings settings = Settings.load(compute.given(), host());
    Checking checking = new Checking(host());
    SourceFile source = checking.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Optional<Suite> suite =
        Checking.check(source, part.choices(params, settings, diagnostics), diagnostics);
    checking.print(diagnostics);
    if (suite.isEmpty() || diagnostics.hasErrors()) {
      return ExitCode.REJECTED;
    }
    RunSettings how = Computing.here(settings, host(), false);
    Computing.note(settings).ifPresent(host().err()::println);
    Result result = measured(suite.get(), settings, how);
    warnOfStrays(result);
    switch (format()) {
      case TEXT -> host().out().print(BenchText.of(result));
      case JSON -> host().out().println(BenchJson.of(result).toPrettyString());
    }
    return ExitCode.OK;
  }

  /** A step on a card waits for each operation that runs elsewhere. */
  private void warnOfStrays(Result result) {
    for (Measured measured : result.runs()) {
      for (PhaseCost phase : measured.cost().phases()) {
        if (!phase.strays().isEmpty()) {
          String types = String.join(", ", phase.strays());
          host().err().println("warning: phase `" + phase.phase() + "` runs on the CPU: " + types);
        }
      }
    }
  }

  private Result measured(Suite suite, Settings settings, RunSettings how)
      throws UsageProblem, RunFailure {
    if (suite.sweeps().isEmpty()) {
      throw new UsageProblem("`" + file + "` has no sweep and no experiment to measure");
    }
    var extent =
        new Benchmark.Extent(Math.max(3, Math.min(50, steps / 5)), steps, rounds, operations);
    var store =
        new MemoryStore(
            new DiskStore(
                FinishedRuns.stages(settings.folder(Setting.CACHE)), host().err()::println));
    Benchmark benchmark = new Benchmark(how, extent, pace(), store);
    double peak = benchmark.productPeak();
    List<Measured> runs = new ArrayList<>();
    for (SweepModel chosen : suite.sweeps()) {
      Set<String> seen = new HashSet<>();
      for (SweepModel.Arm arm : chosen.arms()) {
        if (seen.add(works(arm.experiment()))) {
          runs.add(new Measured(chosen.name(), values(chosen, arm), cost(benchmark, arm)));
        }
      }
    }
    return new Result(file, how, extent, peak, runs);
  }

  private static ExperimentCost cost(Benchmark benchmark, SweepModel.Arm arm) throws RunFailure {
    try {
      return benchmark.of(arm.experiment());
    } catch (Benchmark.Diverged diverged) {
      throw new RunFailure(diverged.getMessage());
    }
  }

  /** What a step does, whatever the seed. */
  private static String works(ExperimentModel experiment) {
    return Canonical.of(experiment.system())
        + Canonical.of(experiment.architecture())
        + experiment.phases().stream()
            .map(
                phase ->
                    phase.batch() + Canonical.of(phase.loss()) + Canonical.of(phase.optimizer()))
            .collect(Collectors.joining("\n"));
  }

  private static String values(SweepModel sweep, SweepModel.Arm arm) {
    return sweep.axes().stream()
        .filter(axis -> !axis.seeds())
        .map(axis -> arm.values().getOrDefault(axis.param(), ""))
        .collect(Collectors.joining(", "));
  }

  private Runnable pace() {
    if (!paced) {
      return () -> {};
    }
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return () -> {
      host().err().println("ready");
      try {
        if (lines.readLine() == null) {
          throw new IllegalStateException("`--paced`: standard input ended");
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    };
  }
}

package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.execution.Checkpointing;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.Workplace;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import org.flowexp.stage.RunSource;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run FILE}: checks, runs, decides, tracks. */
@Command(name = "run", description = "Runs a file's sweeps, and its experiments without one.")
final class RunVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "gives a param a value")
  private final List<String> values = new ArrayList<>();

  @Option(names = "--profile", paramLabel = "NAME", description = "takes a profile's values")
  private Optional<String> profile = Optional.empty();

  @Option(names = "--sweep", paramLabel = "NAME", description = "runs this sweep only")
  private Optional<String> sweep = Optional.empty();

  @Option(names = "--experiment", paramLabel = "NAME", description = "runs this experiment only")
  private Optional<String> experiment = Optional.empty();

  @Option(names = "--device", paramLabel = "cpu|gpu|gpu:1", description = "where to compute")
  private Optional<String> device = Optional.empty();

  @Option(names = "--precision", paramLabel = "float32|float64", description = "of the numbers")
  private Optional<String> precision = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "on the processor; 0: all cores")
  private Optional<String> threads = Optional.empty();

  @Option(names = "--offline", description = "no MLflow now; `sync` sends the runs later")
  private boolean offline;

  @Option(names = "--fail-fast", description = "no further runs after one that failed")
  private boolean failFast;

  RunVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(commandLine(), host());
    Checking checking = new Checking(host());
    SourceFile source = checking.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Choices choices =
        Checking.choices(values, profile, experiment, diagnostics)
            .with(new KeptGenerators(settings));
    Optional<Suite> suite = Checking.check(source, choices, diagnostics);
    checking.print(diagnostics);
    List<SweepReport> reports = new ArrayList<>();
    if (suite.isPresent() && !diagnostics.hasErrors()) {
      SweepExecution execution =
          new SweepExecution(
              host(), settings, source, runSettings(settings), workplace(settings, source));
      for (SweepModel chosen : chosen(suite.get())) {
        SweepReport report = execution.execute(chosen);
        reports.add(report);
        if (format() == Format.TEXT) {
          print(report);
        }
      }
    }
    if (format() == Format.JSON) {
      host()
          .out()
          .println(ReportJson.of(file, diagnostics.inFileOrder(), reports).toPrettyString());
    }
    int worst = reports.stream().mapToInt(SweepReport::exitCode).max().orElse(ExitCode.OK);
    return diagnostics.hasErrors() ? ExitCode.REJECTED : worst;
  }

  private Workplace workplace(Settings settings, SourceFile source) {
    Path cache = settings.folder(Setting.CACHE);
    Path folder = host().path(file).toAbsolutePath().getParent();
    Consumer<String> messages = host().err()::println;
    double seconds = Double.parseDouble(settings.text(Setting.CHECKPOINT));
    return new Workplace(
        new MemoryStore(new DiskStore(FinishedRuns.stages(cache), messages)),
        Optional.of(
            new Checkpointing(
                cache.resolve("checkpoints"), Duration.ofNanos(Math.round(seconds * 1e9)))),
        Optional.of(new FinishedRuns(cache)),
        Optional.of(
            new RunSource(
                file, String.valueOf(folder), source.text(), values, profile, experiment)),
        messages);
  }

  private void print(SweepReport report) {
    host().out().print(ReportText.of(report, host().screen().columns()));
    report
        .address()
        .ifPresent(
            address ->
                host()
                    .out()
                    .println("\nMLflow: " + address + "\n        `./run-experiment ui` shows it"));
    host().out().flush();
  }

  private Map<Setting, String> commandLine() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    device.ifPresent(text -> given.put(Setting.DEVICE, text));
    precision.ifPresent(text -> given.put(Setting.PRECISION, text));
    threads.ifPresent(text -> given.put(Setting.THREADS, text));
    if (offline) {
      given.put(Setting.TRACKING, "offline");
    }
    return given;
  }

  private RunSettings runSettings(Settings settings) throws RunFailure {
    Device where = Device.parse(settings.text(Setting.DEVICE)).orElseThrow();
    if (!where.isPresent()) {
      throw new RunFailure(
          "TensorFlow finds no graphics card for `--device "
              + where.word()
              + "`; build with `mvn -Pgpu`, see `./run-experiment doctor`, or use `--device cpu`");
    }
    int count = Integer.parseInt(settings.text(Setting.THREADS));
    return new RunSettings(
        settings.text(Setting.PRECISION).equals(Precision.FLOAT64.word())
            ? Precision.FLOAT64
            : Precision.FLOAT32,
        where,
        count == 0 ? Runtime.getRuntime().availableProcessors() : count,
        failFast);
  }

  private List<SweepModel> chosen(Suite suite) throws UsageProblem {
    List<SweepModel> all = suite.sweeps();
    if (sweep.isPresent()) {
      return named("sweep", sweep.get(), all.stream().filter(SweepModel::declared).toList());
    }
    if (experiment.isPresent()) {
      return named(
          "experiment", experiment.get(), all.stream().filter(s -> !s.declared()).toList());
    }
    if (all.isEmpty()) {
      throw new UsageProblem("`" + file + "` has no sweep and no experiment to run");
    }
    return all;
  }

  private List<SweepModel> named(String kind, String name, List<SweepModel> among)
      throws UsageProblem {
    List<SweepModel> found = among.stream().filter(s -> s.name().equals(name)).toList();
    if (found.isEmpty()) {
      List<String> names = among.stream().map(SweepModel::name).toList();
      String hint =
          NearestName.question(name, names)
              .orElse(names.isEmpty() ? "there is none" : "there are " + String.join(", ", names));
      throw new UsageProblem("no " + kind + " `" + name + "` runs by itself; " + hint);
    }
    return found;
  }
}

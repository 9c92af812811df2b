package org.flowexp.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepRun;
import org.flowexp.jobs.EventLog;
import org.flowexp.jobs.LocalCrew;
import org.flowexp.jobs.WorkFolder;
import org.flowexp.jobs.WorkOrder;
import org.flowexp.jobs.Worker;
import org.flowexp.model.SweepModel;
import org.flowexp.run.StopRequest;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.RunSource;
import org.flowexp.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code work FOLDER}: does units of a sweep that another process watches over; those named, or
 * those whose numbers come on standard input, until it ends.
 */
@Command(
    name = WorkVerb.NAME,
    hidden = true,
    description = "Does units of a sweep that another process watches over.")
final class WorkVerb extends Verb {
  static final String NAME = "work";

  /** How the line begins that says whether there is a card. */
  static final String CARD = "graphics card: ";

  private static final String CPUS = "SLURM_CPUS_PER_TASK";
  private static final int END = -1;
  private static final long LAST_STEP_MILLIS = 10_000;

  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "of the sweep's work")
  private String folder = "";

  @Option(names = "--unpack", description = "only unpacks TensorFlow's library, where it is kept")
  private boolean unpack;

  @Option(names = "--unit", paramLabel = "N", description = "a unit to do; else from stdin")
  private final List<Integer> units = new ArrayList<>();

  private final BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
  private final StopRequest stop = new StopRequest();
  private volatile boolean busy;

  WorkVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    if (unpack) {
      host().out().println(Device.libraryVersion());
      Device device =
          Computing.elsewhere(Settings.load(new EnumMap<>(Setting.class), host()), false).device();
      if (device.isGpu()) {
        host().out().println(CARD + (device.isPresent() ? "TensorFlow computes on it" : "none"));
      }
      return ExitCode.OK;
    }
    WorkFolder place = new WorkFolder(host().path(folder));
    WorkOrder order = place.order();
    Settings settings = settings(order);
    RunSettings how = Computing.here(settings, host(), false);
    Worker worker = new Worker(place, order, sweep(order, settings, how));
    Said said = new Said();
    SweepRun run = new SweepRun(Workplaces.of(settings, order.source(), stop, said::say));
    Worker.Runners runners =
        log -> {
          said.log = log;
          return run;
        };
    if (units.isEmpty()) {
      serve(worker, runners);
      return ExitCode.OK;
    }
    host().interrupts().accept(stop);
    for (int unit : units) {
      worker.runUnlessStopped(unit, runners);
    }
    return stop.isMade() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  /** What is said goes to the log of the unit under way. */
  private static final class Said {
    private EventLog log;

    private void say(String message) {
      log.say(message);
    }
  }

  private Settings settings(WorkOrder order) throws UsageProblem {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    order
        .settings()
        .forEach((key, text) -> Setting.of(key).ifPresent(setting -> given.put(setting, text)));
    String cpus = host().environment().getOrDefault(CPUS, "");
    if (cpus.matches("\\d{1,4}")) {
      given.put(Setting.THREADS, cpus);
    }
    return Settings.load(given, host());
  }

  private static SweepIdentity sweep(WorkOrder order, Settings settings, RunSettings how)
      throws UsageProblem, RunFailure {
    RunSource written = order.source();
    Diagnostics diagnostics = new Diagnostics();
    Choices choices =
        Checking.choices(written.settings(), written.profile(), written.experiment(), diagnostics)
            .with(new KeptGenerators(settings));
    SourceFile file = new SourceFile(written.file(), written.text(), Path.of(written.folder()));
    List<SweepModel> sweeps =
        Checking.check(file, choices, diagnostics).map(suite -> suite.sweeps()).orElse(List.of());
    for (SweepModel sweep : sweeps) {
      if (sweep.name().equals(order.name())) {
        SweepIdentity identity = new SweepIdentity(sweep, how);
        if (identity.id().equals(order.sweep())) {
          return identity;
        }
      }
    }
    throw new RunFailure(
        "`"
            + order.name()
            + "` is not what was ordered any more: what its file imports, loads or"
            + " starts from, or FlowExp itself, has changed since");
  }

  private void serve(Worker worker, Worker.Runners runners) throws IOException {
    Thread reader = new Thread(this::read, "orders");
    reader.setDaemon(true);
    reader.start();
    try {
      for (int unit = asked.take(); unit != END; unit = asked.take()) {
        busy = true;
        worker.run(unit, runners);
        busy = false;
        host().out().println(LocalCrew.DONE + unit);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody waits for what is under way when the orders end. */
  private void read() {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        if (line.equals(LocalCrew.STOP)) {
          stop.make();
        } else {
          asked.add(Integer.valueOf(line.strip()));
        }
      }
    } catch (IOException closed) {
      // As good as its end.
      asked.clear();
    }
    stop.make();
    asked.add(END);
    if (busy) {
      halt();
    }
  }

  /** Soon: what is under way may be saved first. */
  private static void halt() {
    try {
      Thread.sleep(LAST_STEP_MILLIS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.RUNTIME);
  }
}

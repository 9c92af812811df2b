package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.jobs.JavaProgram;
import org.flowexp.jobs.LocalCrew;
import org.flowexp.jobs.SweepWork;
import org.flowexp.jobs.WorkFolder;
import org.flowexp.jobs.WorkGraph;
import org.flowexp.jobs.WorkOrder;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.RunSource;
import org.flowexp.stage.StageKeys;

/**
 * {@code --jobs N}: arms in processes of their own, which share the machine's threads and cards.
 */
final class LocalProcesses implements SweepExecutor {
  /** An interrupt from the keyboard is this process's: it tells the others what to do. */
  private static final List<String> UNINTERRUPTED =
      List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private final Host host;
  private final Settings settings;
  private final RunSource source;
  private final RunSettings how;
  private final int jobs;
  private final SweepRun here;

  LocalProcesses(
      Host host, Settings settings, RunSource source, RunSettings how, int jobs, SweepRun here) {
    this.host = host;
    this.settings = settings;
    this.source = source;
    this.how = how;
    this.jobs = jobs;
    this.here = here;
  }

  @Override
  public boolean outlivesThisProcess() {
    return false;
  }

  @Override
  public SweepResult execute(SweepModel sweep, RunListener runs, RunListener shared)
      throws IOException {
    SweepIdentity identity = new SweepIdentity(sweep, how);
    Path cache = settings.folder(Setting.CACHE);
    DiskStore store = new DiskStore(FinishedRuns.stages(cache), host.err()::println);
    WorkGraph graph =
        WorkGraph.of(
            sweep,
            new StageKeys(how.precision().word()),
            store::holds,
            arm -> identity.arm(arm).name());
    int seats = Math.max(1, Math.min(jobs, graph.units().size()));
    Path all = Files.createDirectories(cache.resolve("work"));
    WorkFolder folder =
        WorkFolder.create(
            Files.createTempDirectory(all, sweep.name() + "-"),
            new WorkOrder(identity.id(), sweep.name(), source, forEach(seats), graph.units()));
    Consumer<String> messages = host.err()::println;
    SweepWork work =
        new SweepWork(
            identity,
            folder,
            graph.units(),
            new SweepWork.Listeners(runs, shared, messages),
            how.failFast());
    SweepResult result;
    try (LocalCrew crew = new LocalCrew(seats, folder.logs(), seat -> process(folder, seat))) {
      result = work.execute(crew, graph.held(), here);
    }
    if (result.records().stream().allMatch(run -> run.status() == RunStatus.FINISHED)) {
      folder.delete();
    }
    return result;
  }

  private Map<String, String> forEach(int seats) {
    Map<String, String> all = settings.forOthers();
    all.put(Setting.TRACKING.key(), "offline");
    all.put(Setting.THREADS.key(), Integer.toString(Math.max(1, how.threads() / seats)));
    return all;
  }

  private ProcessBuilder process(WorkFolder folder, int seat) {
    List<String> command = new ArrayList<>(UNINTERRUPTED);
    command.addAll(
        JavaProgram.ofThisProcess(Main.class.getName())
            .command(WorkVerb.NAME, folder.path().toString()));
    ProcessBuilder process = new ProcessBuilder(command).directory(host.directory().toFile());
    if (settings.text(Setting.DEVICE).equals("gpu")) {
      Cards.of(host).ofSeat(seat).ifPresent(card -> process.environment().put(Cards.VISIBLE, card));
    }
    return process;
  }
}

package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.jobs.JavaProgram;
import org.flowexp.jobs.LocalCrew;
import org.flowexp.jobs.SweepWork;
import org.flowexp.jobs.WorkFolder;
import org.flowexp.jobs.WorkGraph;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;

/**
 * {@code --jobs N}: arms in processes of their own, which share the machine's threads and cards.
 */
record LocalProcesses(Ordering ordering, int jobs) implements SweepExecutor {
  /** An interrupt from the keyboard is this process's: it tells the others what to do. */
  private static final List<String> UNINTERRUPTED =
      List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  @Override
  public SweepRun here() {
    return ordering.here();
  }

  @Override
  public boolean outlivesThisProcess() {
    return false;
  }

  @Override
  public SweepResult execute(SweepModel sweep, RunListener runs, RunListener shared)
      throws IOException {
    SweepIdentity identity = new SweepIdentity(sweep, ordering.how());
    WorkGraph graph = ordering.graph(identity);
    int seats = Math.max(1, Math.min(jobs, graph.units().size()));
    int threads = Math.max(1, ordering.how().threads() / seats);
    Path all = Files.createDirectories(ordering.cache().resolve("work"));
    WorkFolder folder =
        WorkFolder.create(
            Files.createTempDirectory(all, "local-" + sweep.name() + "-"),
            ordering.order(identity, graph, threads));
    SweepWork work =
        new SweepWork(
            identity,
            folder,
            graph.units(),
            ordering.listeners(runs, shared),
            ordering.how().failFast());
    SweepResult result;
    try (LocalCrew crew = new LocalCrew(seats, folder.logs(), seat -> process(folder, seat))) {
      result = work.execute(crew, graph.held(), ordering.here());
    }
    if (result.records().stream().allMatch(run -> run.status() == RunStatus.FINISHED)) {
      folder.delete();
    }
    return result;
  }

  private ProcessBuilder process(WorkFolder folder, int seat) {
    Host host = ordering.host();
    List<String> command = new ArrayList<>(UNINTERRUPTED);
    command.addAll(
        JavaProgram.ofThisProcess(Main.class.getName())
            .command(WorkVerb.NAME, folder.path().toString()));
    ProcessBuilder process = new ProcessBuilder(command).directory(host.directory().toFile());
    if (ordering.settings().text(Setting.DEVICE).equals("gpu")) {
      Cards.of(host).ofSeat(seat).ifPresent(card -> process.environment().put(Cards.VISIBLE, card));
    }
    return process;
  }
}

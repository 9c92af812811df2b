package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.jobs.JavaProgram;
import org.flowexp.jobs.JobScript;
import org.flowexp.jobs.Slurm;
import org.flowexp.jobs.SlurmCrew;
import org.flowexp.jobs.Submission;
import org.flowexp.jobs.SweepWork;
import org.flowexp.jobs.WorkFolder;
import org.flowexp.jobs.WorkGraph;
import org.flowexp.jobs.WorkUnit;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.KeyLock;

/**
 * {@code --on slurm}: stages and arms as jobs. This process submits them and watches; when it ends
 * they go on, and the same command finds them again.
 */
record SlurmJobs(Ordering ordering) implements SweepExecutor {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int USUAL_CPUS = 1;

  @Override
  public SweepRun here() {
    return ordering.here();
  }

  @Override
  public boolean outlivesThisProcess() {
    return true;
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public SweepResult execute(SweepModel sweep, RunListener runs, RunListener shared)
      throws RunFailure, IOException {
    SweepIdentity identity = new SweepIdentity(sweep, ordering.how());
    Path place = Submission.place(ordering.cache(), sweep.name(), identity.id());
    Path lock = place.resolveSibling(place.getFileName() + ".lock");
    Optional<KeyLock> watching = KeyLock.tryAcquire(lock);
    if (watching.isEmpty()) {
      throw new RunFailure("another process watches over `" + sweep.name() + "` on Slurm");
    }
    try (KeyLock held = watching.get()) {
      return watch(identity, new Submission(new WorkFolder(place)), runs, shared);
    }
  }

  private SweepResult watch(
      SweepIdentity sweep, Submission submission, RunListener runs, RunListener shared)
      throws RunFailure, IOException {
    boolean goesOn = submission.exists() && !submission.isCollected();
    WorkGraph graph = goesOn ? kept(sweep, submission.folder()) : ordering.graph(sweep);
    if (!goesOn) {
      submission.folder().delete();
      WorkFolder.create(submission.folder().path(), ordering.order(sweep, graph, cpus()));
    }
    Path script = submission.folder().path().resolve("unit.sh");
    if (!goesOn && !graph.units().isEmpty()) {
      prepare(submission.folder(), script);
    }
    SlurmCrew.Jobs jobs = new SlurmCrew.Jobs(Submission.jobName(sweep.id()), options(), script);
    SweepWork work =
        new SweepWork(
            sweep,
            submission.folder(),
            graph.units(),
            ordering.listeners(runs, shared),
            ordering.how().failFast());
    SweepResult result;
    try (SlurmCrew crew =
        new SlurmCrew(
            new Slurm(ordering.host().environment()),
            submission,
            jobs,
            new SlurmCrew.Patience(GRACE),
            ordering.host().err()::println)) {
      say(goesOn, sweep, graph);
      result = work.execute(crew, graph.held(), ordering.here());
    } catch (StopRequest.Stopped asked) {
      throw Interrupted.leaving(sweep.sweep().name());
    }
    if (result.records().stream().allMatch(run -> run.status() == RunStatus.FINISHED)) {
      submission.folder().delete();
    } else {
      submission.collect();
    }
    return result;
  }

  private void say(boolean goesOn, SweepIdentity sweep, WorkGraph graph) {
    if (!graph.units().isEmpty()) {
      ordering
          .host()
          .err()
          .println(
              (goesOn ? "watching what was submitted before" : "submitting to Slurm")
                  + ": "
                  + graph.units().size()
                  + " units of `"
                  + sweep.sweep().name()
                  + "`; Ctrl-C leaves them there, the same command watches again, `cancel "
                  + sweep.sweep().name()
                  + "` ends them");
    }
  }

  /** What was ordered before; the other arms had everything then. */
  private static WorkGraph kept(SweepIdentity sweep, WorkFolder folder) throws IOException {
    List<WorkUnit> units = folder.order().units();
    Set<Integer> held = new TreeSet<>();
    for (int arm = 0; arm < sweep.sweep().arms().size(); arm++) {
      held.add(arm);
    }
    units.stream().filter(WorkUnit::endsAnArm).map(WorkUnit::arm).forEach(held::remove);
    return new WorkGraph(units, List.copyOf(held));
  }

  private void prepare(WorkFolder folder, Path script) throws RunFailure, IOException {
    JavaProgram program =
        JobScript.snapshot(JavaProgram.ofThisProcess(Main.class.getName()), folder.path());
    NativeLibrary library = new NativeLibrary(ordering.cache().resolve("native"));
    JobScript.write(script, library.unpacked(program, ordering.host()), folder, WorkVerb.NAME);
  }

  private int cpus() {
    int asked = Integer.parseInt(ordering.settings().text(Setting.THREADS));
    return asked == 0 ? USUAL_CPUS : asked;
  }

  /** Those of the settings come last: the last of two counts. */
  private List<String> options() {
    List<String> options = new ArrayList<>();
    options.add("--chdir=" + ordering.host().directory());
    options.add("--cpus-per-task=" + cpus());
    if (ordering.how().device().isGpu()) {
      options.add("--gres=gpu:1");
    }
    String more = ordering.settings().text(Setting.SLURM);
    if (!more.isBlank()) {
      options.addAll(List.of(more.split("\\s+")));
    }
    return options;
  }
}

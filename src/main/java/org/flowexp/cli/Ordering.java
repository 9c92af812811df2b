package org.flowexp.cli;

import java.nio.file.Path;
import java.util.Map;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepRun;
import org.flowexp.jobs.SweepWork;
import org.flowexp.jobs.WorkGraph;
import org.flowexp.jobs.WorkOrder;
import org.flowexp.run.RunListener;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.RunSource;
import org.flowexp.stage.StageKeys;

/**
 * What those who run sweeps in other processes have in common.
 *
 * @param here for arms of which everything is there
 */
record Ordering(Host host, Settings settings, RunSource source, RunSettings how, SweepRun here) {

  Path cache() {
    return settings.folder(Setting.CACHE);
  }

  /** What is left to do. */
  WorkGraph graph(SweepIdentity sweep) {
    DiskStore store = new DiskStore(FinishedRuns.stages(cache()), host.err()::println);
    return WorkGraph.of(
        sweep.sweep(), new StageKeys(how.arithmetic()), store::holds, arm -> sweep.arm(arm).name());
  }

  /**
   * To be done by processes with these settings beside the usual ones.
   *
   * @param threads of one process
   */
  WorkOrder order(SweepIdentity sweep, WorkGraph graph, int threads) {
    Map<String, String> all = settings.forOthers();
    all.put(Setting.TRACKING.key(), "offline");
    all.put(Setting.THREADS.key(), Integer.toString(threads));
    return new WorkOrder(sweep.id(), sweep.sweep().name(), source, all, graph.units());
  }

  SweepWork.Listeners listeners(RunListener runs, RunListener shared) {
    return new SweepWork.Listeners(runs, shared, host.err()::println);
  }
}

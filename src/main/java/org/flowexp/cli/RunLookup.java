package org.flowexp.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;

/** From what a person calls a run to the finished run. */
final class RunLookup {
  private static final int MOST_NAMES = 10;

  private final FinishedRuns runs;

  RunLookup(FinishedRuns runs) {
    this.runs = runs;
  }

  /**
   * The newest run of that name.
   *
   * @param problem why there is none
   * @param hint a way out
   */
  record Answer(Optional<FinishedRun> run, String problem, String hint) {}

  Answer find(String reference) throws IOException {
    List<FinishedRun> found = runs.find(reference);
    if (found.isEmpty()) {
      String problem = "there is no finished run `" + reference + "`";
      return new Answer(Optional.empty(), problem, known(reference));
    }
    FinishedRun newest = found.get(0);
    List<String> full = found.stream().map(FinishedRun::fullName).distinct().toList();
    boolean byName = found.stream().allMatch(run -> run.name().equals(reference));
    if (byName && full.size() > 1) {
      return new Answer(
          Optional.empty(),
          "`" + reference + "` was run of " + full.size() + " files",
          "write `" + String.join("` or `", full) + "`");
    }
    if (!found.stream().allMatch(run -> run.name().equals(newest.name()))) {
      return new Answer(
          Optional.empty(),
          "`" + reference + "` begins the hash of " + found.size() + " finished runs",
          "write more of its digits");
    }
    return new Answer(Optional.of(newest), "", "");
  }

  private String known(String reference) throws IOException {
    List<String> names = runs.all().stream().map(FinishedRun::name).distinct().toList();
    Optional<String> nearest = NearestName.question(reference, names);
    if (nearest.isPresent()) {
      return nearest.get();
    }
    return names.isEmpty()
        ? "none is in the cache: run one first"
        : "there are " + String.join(", ", names.stream().limit(MOST_NAMES).toList());
  }
}

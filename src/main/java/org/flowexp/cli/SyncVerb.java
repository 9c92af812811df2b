package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.flowexp.tracking.JournalSync;
import org.flowexp.tracking.TrackedRun;
import org.flowexp.tracking.TrackingSettings;
import org.flowexp.tracking.TrackingTarget;
import org.flowexp.tracking.TrackingUnavailable;
import picocli.CommandLine.Command;

/** {@code sync}: what could not be sent to MLflow is sent now. */
@Command(name = "sync", description = "Sends the runs to MLflow that could not be sent before.")
final class SyncVerb extends Verb {
  SyncVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Tracking tracking = new Tracking(host(), Settings.load(Map.of(), host()));
    TrackingTarget target = tracking.target(TrackingTarget.Lifetime.WHILE_USED);
    if (target instanceof TrackingTarget.Offline) {
      throw new UsageProblem("the setting `tracking` is offline: there is nowhere to send to");
    }
    JournalSync sync =
        new JournalSync(target, TrackingSettings.USUAL_DEADLINE, host().err()::println);
    try {
      report(sync.sync(tracking.journal()));
    } catch (TrackingUnavailable away) {
      throw new RunFailure(away.getMessage() + "; the runs stay in " + tracking.journal(), away);
    }
    return ExitCode.OK;
  }

  private void report(JournalSync.Report report) {
    switch (format()) {
      case JSON -> {
        ObjectNode document = new ObjectMapper().createObjectNode();
        ArrayNode sent = document.putArray("sent");
        for (TrackedRun run : report.sent()) {
          sent.addObject().put("address", run.address().toString()).put("run_id", run.runId());
        }
        document.put("under_way", report.underWay());
        host().out().println(document.toPrettyString());
      }
      case TEXT -> {
        report.sent().forEach(run -> host().out().println("sent " + run.address()));
        host()
            .out()
            .println(report.sent().size() + " sent, " + report.underWay() + " still under way");
      }
    }
  }
}

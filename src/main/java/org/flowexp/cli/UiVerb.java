package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.flowexp.run.SweepRecord;
import org.flowexp.tracking.EmbeddedServer;
import org.flowexp.tracking.TrackingTarget;
import org.flowexp.tracking.TrackingUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ui}: the embedded MLflow, kept running to look at. */
@Command(
    name = "ui",
    description =
        "Starts MLflow on the runs of this folder, keeps it running, and says where the last sweep is.")
final class UiVerb extends Verb {
  @Option(names = "--stop", description = "stop it")
  private boolean stop;

  UiVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(Map.of(), host());
    Tracking tracking = new Tracking(host(), settings);
    if (stop) {
      boolean stopped = EmbeddedServer.stop(tracking.store());
      say("stopped", Boolean.toString(stopped), stopped ? "stopped" : "it was not running");
      return ExitCode.OK;
    }
    TrackingTarget target = tracking.target(TrackingTarget.Lifetime.KEPT);
    String address;
    if (target instanceof TrackingTarget.Server server) {
      address = server.uri().toString();
    } else {
      try (EmbeddedServer server =
          EmbeddedServer.open(
              tracking.embedded(TrackingTarget.Lifetime.KEPT), host().err()::println)) {
        address = server.uri().toString();
      } catch (TrackingUnavailable away) {
        throw new RunFailure(away.getMessage(), away);
      }
    }
    String page = address + latest(new SweepRecords(settings).all());
    say("address", page, page + "  (stop it with `./run-experiment ui --stop`)");
    return ExitCode.OK;
  }

  /** Where in MLflow the sweep is that finished last; its server may have had another port. */
  private static String latest(List<SweepRecord> records) {
    return records.stream()
        .map(SweepRecord::address)
        .filter(page -> page.contains("/#"))
        .map(page -> page.substring(page.indexOf("/#")))
        .findFirst()
        .orElse("");
  }

  private void say(String name, String value, String sentence) throws IOException {
    switch (format()) {
      case JSON -> host().out().println(new ObjectMapper().writeValueAsString(Map.of(name, value)));
      case TEXT -> host().out().println(sentence);
    }
  }
}

package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.flowexp.tracking.EmbeddedServer;
import org.flowexp.tracking.TrackingTarget;
import org.flowexp.tracking.TrackingUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ui}: the embedded MLflow, kept running to look at. */
@Command(
    name = "ui",
    description = "Starts MLflow on the runs of this folder and keeps it running.")
final class UiVerb extends Verb {
  @Option(names = "--stop", description = "stop it")
  private boolean stop;

  UiVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Tracking tracking = new Tracking(host(), Settings.load(Map.of(), host()));
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
    say("address", address, address + "  (stop it with `./run-experiment ui --stop`)");
    return ExitCode.OK;
  }

  private void say(String name, String value, String sentence) throws IOException {
    switch (format()) {
      case JSON -> host().out().println(new ObjectMapper().writeValueAsString(Map.of(name, value)));
      case TEXT -> host().out().println(sentence);
    }
  }
}

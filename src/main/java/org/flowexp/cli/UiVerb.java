package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.run.SweepRecord;
import org.flowexp.tracking.ChartView;
import org.flowexp.tracking.ChartViews;
import org.flowexp.tracking.EmbeddedServer;
import org.flowexp.tracking.MlflowAddress;
import org.flowexp.tracking.MlflowCredentials;
import org.flowexp.tracking.TrackingTarget;
import org.flowexp.tracking.TrackingUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ui}: the embedded MLflow, kept running to look at. */
@Command(
    name = "ui",
    description =
        "Starts MLflow on the runs of this folder, keeps it running, and says where each sweep's charts are.")
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
    TrackingTarget.Server server = reached(tracking);
    List<SweepRecord> records =
        new SweepRecords(settings).all().stream().filter(r -> r.address().contains("/#")).toList();
    Map<String, String> pages = views(server, records);
    String last =
        records.isEmpty()
            ? server.uri().toString()
            : pages.getOrDefault(records.get(0).name(), here(server, records.get(0)));
    say("address", last, last + "  (stop it with `./run-experiment ui --stop`)");
    if (format() == Format.TEXT) {
      pages.forEach(
          (sweep, page) -> {
            if (!page.equals(last)) {
              host().out().println("  " + sweep + ": " + page);
            }
          });
    }
    return ExitCode.OK;
  }

  private TrackingTarget.Server reached(Tracking tracking)
      throws UsageProblem, RunFailure, IOException {
    if (tracking.target(TrackingTarget.Lifetime.KEPT) instanceof TrackingTarget.Server server) {
      return server;
    }
    try (EmbeddedServer server =
        EmbeddedServer.open(
            tracking.embedded(TrackingTarget.Lifetime.KEPT), host().err()::println)) {
      return new TrackingTarget.Server(server.uri(), new MlflowCredentials.Anonymous());
    } catch (TrackingUnavailable away) {
      throw new RunFailure(away.getMessage(), away);
    }
  }

  /** Charts of the sweeps, the latest first; without them MLflow shows its own pages. */
  private Map<String, String> views(TrackingTarget.Server server, List<SweepRecord> records) {
    Map<String, String> pages = new LinkedHashMap<>();
    try (ChartViews views = new ChartViews(server.uri(), server.credentials())) {
      for (SweepRecord record : records) {
        if (record.axes().isEmpty() || pages.containsKey(record.name())) {
          continue;
        }
        views
            .put(
                MlflowAddress.experimentIn(record.address()).orElseThrow(),
                record.id(),
                new ChartView(record.name(), record.axes(), record.metrics()))
            .ifPresent(page -> pages.put(record.name(), page.toString()));
      }
    } catch (IOException refused) {
      host().err().println("MLflow does not keep the charts: " + refused.getMessage());
    }
    return pages;
  }

  /** Where in MLflow the sweep is; its server may have had another port. */
  private static String here(TrackingTarget.Server server, SweepRecord record) {
    return server.uri() + record.address().substring(record.address().indexOf("/#"));
  }

  private void say(String name, String value, String sentence) throws IOException {
    switch (format()) {
      case JSON -> host().out().println(new ObjectMapper().writeValueAsString(Map.of(name, value)));
      case TEXT -> host().out().println(sentence);
    }
  }
}

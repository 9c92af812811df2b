package org.flowexp.cli;

import java.net.URI;
import java.nio.file.Path;
import org.flowexp.tracking.MlflowCredentials;
import org.flowexp.tracking.TrackingTarget;

/** Where the settings send what is tracked. */
final class Tracking {
  private final Host host;
  private final Settings settings;

  Tracking(Host host, Settings settings) {
    this.host = host;
    this.settings = settings;
  }

  /** The journals of runs, sent or not. */
  Path journal() {
    return settings.folder(Setting.CACHE).resolve("journal");
  }

  /** The embedded server's runs. */
  Path store() {
    return settings.folder(Setting.CACHE).resolve("mlflow");
  }

  /** The target of the settings; an embedded server lives as said. */
  TrackingTarget target(TrackingTarget.Lifetime lifetime) throws UsageProblem {
    String text = settings.text(Setting.TRACKING);
    return switch (text) {
      case "offline" -> new TrackingTarget.Offline();
      case "embedded" -> embedded(lifetime);
      default -> server(text);
    };
  }

  TrackingTarget.Embedded embedded(TrackingTarget.Lifetime lifetime) {
    return new TrackingTarget.Embedded(
        settings.folder(Setting.TOOLS), store(), settings.text(Setting.PYTHON), lifetime);
  }

  private TrackingTarget server(String address) throws UsageProblem {
    try {
      return new TrackingTarget.Server(
          URI.create(address), MlflowCredentials.fromEnvironment(host.environment()));
    } catch (IllegalArgumentException wrong) {
      throw new UsageProblem(
          "`"
              + Secrets.masked(address)
              + "` ("
              + settings.value(Setting.TRACKING).origin()
              + ") is no address");
    }
  }
}

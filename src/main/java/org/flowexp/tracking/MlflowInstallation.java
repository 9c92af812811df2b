package org.flowexp.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.flowexp.installation.InstallationFailed;
import org.flowexp.installation.VirtualEnvironment;

/** A private virtual environment with a pinned MLflow, made when first needed. */
final class MlflowInstallation {
  private static final String NAME = "mlflow-3.17.2";
  private static final Duration INSTALL_TIME = Duration.ofMinutes(20);

  private final VirtualEnvironment environment;

  private MlflowInstallation(Path cache, String requirements) {
    this.environment = new VirtualEnvironment(cache, NAME, "MLflow", requirements, INSTALL_TIME);
  }

  /**
   * The installation under {@code cache}, made first if it is not there yet; safe against another
   * process doing the same.
   */
  static MlflowInstallation in(Path cache, String python, Consumer<String> messages)
      throws IOException {
    MlflowInstallation installation = new MlflowInstallation(cache, shippedRequirements());
    VirtualEnvironment environment = installation.environment;
    if (!environment.isComplete()) {
      FileMutex.holding(
          cache.resolve(NAME + ".lock"),
          INSTALL_TIME,
          () -> {
            // Another process may have installed it while this one waited.
            if (!environment.isComplete()) {
              messages.accept(
                  "Installing MLflow into " + environment.home() + " (once; about a minute) ...");
              make(environment, python);
            }
            return installation;
          });
    }
    return installation;
  }

  private static void make(VirtualEnvironment environment, String python) throws IOException {
    try {
      environment.make(python);
    } catch (InstallationFailed failure) {
      throw new TrackingUnavailable(failure.getMessage(), failure);
    }
  }

  Path python() {
    return environment.python();
  }

  private static String shippedRequirements() throws IOException {
    try (InputStream shipped =
        MlflowInstallation.class.getResourceAsStream("mlflow-requirements.txt")) {
      if (shipped == null) {
        throw new IllegalStateException("mlflow-requirements.txt is missing from the class path");
      }
      return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

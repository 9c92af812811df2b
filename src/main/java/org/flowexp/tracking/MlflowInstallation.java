package org.flowexp.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A private virtual environment with a pinned MLflow, made when first needed. */
final class MlflowInstallation {
  private static final String NAME = "mlflow-3.17.2";
  private static final Duration INSTALL_TIME = Duration.ofMinutes(20);

  private final Path cache;
  private final Path home;
  private final String requirements;

  private MlflowInstallation(Path cache, String requirements) {
    this.cache = cache;
    this.home = cache.resolve(NAME);
    this.requirements = requirements;
  }

  /**
   * The installation under {@code cache}, made first if it is not there yet; safe against another
   * process doing the same.
   */
  static MlflowInstallation in(Path cache, String python, Consumer<String> messages)
      throws IOException {
    MlflowInstallation installation = new MlflowInstallation(cache, shippedRequirements());
    if (!installation.isComplete()) {
      FileMutex.holding(
          cache.resolve(NAME + ".lock"),
          INSTALL_TIME,
          () -> {
            // Another process may have installed it while this one waited.
            if (!installation.isComplete()) {
              installation.install(python, messages);
            }
            return installation;
          });
    }
    return installation;
  }

  Path python() {
    Path unix = home.resolve("bin/python");
    return Files.exists(unix) ? unix : home.resolve("Scripts/python.exe");
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

  /**
   * Written last, with the requirements it was made from, so a half-made or outdated environment is
   * made anew.
   */
  private Path marker() {
    return home.resolve("installed.txt");
  }

  private boolean isComplete() throws IOException {
    return Files.exists(marker()) && Files.readString(marker()).equals(requirements);
  }

  private void install(String python, Consumer<String> messages) throws IOException {
    messages.accept("Installing MLflow into " + home + " (once; about a minute) ...");
    delete(home);
    Path list = cache.resolve(NAME + ".requirements.txt");
    Files.writeString(list, requirements);
    Path log = cache.resolve(NAME + ".log");
    Files.deleteIfExists(log);
    execute(List.of(python, "-m", "venv", home.toString()), log);
    // The list is complete and pinned, so pip need not, and must not, add to it.
    execute(
        List.of(python().toString(), "-m", "pip", "install", "--no-deps", "-r", list.toString()),
        log);
    Files.writeString(marker(), requirements);
  }

  private static void execute(List<String> command, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().remove("PYTHONPATH");
    builder.environment().remove("PYTHONHOME");
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      throw new TrackingUnavailable(
          "MLflow needs Python 3.10 or newer, and '" + command.get(0) + "' does not start",
          missing);
    }
    try {
      if (!process.waitFor(INSTALL_TIME.toSeconds(), TimeUnit.SECONDS)) {
        throw new TrackingUnavailable("installing MLflow takes longer than " + INSTALL_TIME);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TrackingUnavailable("installing MLflow was interrupted", interrupt);
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new TrackingUnavailable(
          "installing MLflow failed: "
              + String.join(" ", command)
              + " ended with "
              + process.exitValue()
              + "; its output is in "
              + log);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

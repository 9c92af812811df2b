package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: what is here, and how to get what is not. */
@Command(name = "doctor", description = "Shows what is installed, and how to get what is not.")
final class DoctorVerb extends Verb {
  private static final int COLUMNS = 80;
  private static final int INDENT = 21;

  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> libraries = new ArrayList<>();

  @Option(
      names = "--install-gpu",
      description = "fetches what a graphics card needs beside its driver, about 5 GB")
  private boolean installGpu;

  DoctorVerb(Host host) {
    super(host);
  }

  /**
   * One thing that was looked for.
   *
   * @param detail its version, or how to get it
   */
  private record Finding(String name, boolean found, String detail) {}

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(Map.of(), host());
    GpuInstallation gpu = GpuInstallation.of(host(), settings);
    if (installGpu) {
      gpu.make();
    }
    find("Java 17", Optional.of(Runtime.version().toString()), "");
    look("Maven", "install Maven 3.8.7 or newer; it builds FlowExp", "mvn", "-v");
    find(
        "TensorFlow",
        tensorFlow(),
        "`mvn dependency:resolve` fetches it; needs 64-bit Linux or macOS");
    look("GPU", "none; NVIDIA's driver brings nvidia-smi", "nvidia-smi", "-L");
    String python = settings.text(Setting.PYTHON);
    look("Python", "install Python 3.10 or newer; MLflow runs on it", python, "--version");
    Optional<String> venv =
        host().firstLine(python, "-c", "import venv, ensurepip; print('found')");
    find("Python venv", venv, "install python3-venv; without it, `--offline`");
    look("Slurm", "only for clusters; its sbatch is not on the path", "sbatch", "--version");
    GpuLibraries.find(host(), gpu.folders())
        .forEach(
            (name, place) ->
                libraries.add(
                    new Finding(
                        name, place.isPresent(), place.map(Path::toString).orElse(wayTo(name)))));
    switch (format()) {
      case TEXT -> print(settings);
      case JSON -> host().out().println(json(settings));
    }
    return ExitCode.OK;
  }

  private static String wayTo(String library) {
    return library.equals(GpuLibraries.DRIVER)
        ? "NVIDIA's driver brings it"
        : "`doctor --install-gpu` fetches it";
  }

  private void look(String name, String otherwise, String... command) {
    find(name, host().firstLine(command), otherwise);
  }

  private void find(String name, Optional<String> found, String otherwise) {
    findings.add(new Finding(name, found.isPresent(), found.orElse(otherwise)));
  }

  private static Optional<String> tensorFlow() {
    try {
      return Optional.of(org.tensorflow.TensorFlow.version());
    } catch (LinkageError missing) {
      return Optional.empty();
    }
  }

  private void print(Settings settings) {
    findings.forEach(finding -> line(finding, 12));
    printLibraries();
    host().out().println("\nSettings (command line > environment > project > user > default):");
    for (Setting setting : Setting.values()) {
      Settings.Value value = settings.value(setting);
      host()
          .out()
          .println("  " + pad(setting.key(), 10) + value.shown() + "  (" + value.origin() + ")");
    }
  }

  /** One by one where they are of use; else in as few lines as they need. */
  private void printLibraries() {
    boolean card = findings.stream().anyMatch(f -> f.name().equals("GPU") && f.found());
    if (card || libraries.stream().anyMatch(Finding::found)) {
      host().out().println("\nFor the graphics card:");
      libraries.forEach(finding -> line(finding, INDENT - 1));
      return;
    }
    String text = "only for a card; then `doctor --install-gpu` fetches";
    StringBuilder line = new StringBuilder("missing  " + pad("CUDA", 12) + text);
    for (Finding finding : libraries) {
      if (line.length() + finding.name().length() + 2 > COLUMNS) {
        host().out().println(line);
        line = new StringBuilder(" ".repeat(INDENT - 1));
      }
      line.append(' ').append(finding.name());
    }
    host().out().println(line);
  }

  private void line(Finding finding, int width) {
    String state = finding.found() ? "found    " : "missing  ";
    host().out().println(state + pad(finding.name(), width) + finding.detail());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String json(Settings settings) {
    var document = new ObjectMapper().createObjectNode();
    ArrayNode array = document.putArray("findings");
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(libraries);
    for (Finding finding : all) {
      array
          .addObject()
          .put("name", finding.name())
          .put("found", finding.found())
          .put("detail", finding.detail());
    }
    var values = document.putObject("settings");
    for (Setting setting : Setting.values()) {
      Settings.Value value = settings.value(setting);
      values.putObject(setting.key()).put("value", value.shown()).put("origin", value.origin());
    }
    return document.toPrettyString();
  }
}

package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code doctor}: what is here, and how to get what is not. */
@Command(name = "doctor", description = "Shows what is installed, and how to get what is not.")
final class DoctorVerb extends Verb {
  private final List<Finding> findings = new ArrayList<>();

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
  public Integer call() throws UsageProblem {
    Settings settings = Settings.load(Map.of(), host());
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
    switch (format()) {
      case TEXT -> print(settings);
      case JSON -> host().out().println(json(settings));
    }
    return ExitCode.OK;
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
    for (Finding finding : findings) {
      String state = finding.found() ? "found    " : "missing  ";
      host().out().println(state + pad(finding.name(), 12) + finding.detail());
    }
    host().out().println("\nSettings (command line > environment > project > user > default):");
    for (Setting setting : Setting.values()) {
      Settings.Value value = settings.value(setting);
      host()
          .out()
          .println("  " + pad(setting.key(), 10) + value.shown() + "  (" + value.origin() + ")");
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String json(Settings settings) {
    var document = new ObjectMapper().createObjectNode();
    ArrayNode array = document.putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("name", finding.name())
          .put("found", finding.found())
          .put("detail", finding.detail());
    }
    var all = document.putObject("settings");
    for (Setting setting : Setting.values()) {
      Settings.Value value = settings.value(setting);
      all.putObject(setting.key()).put("value", value.shown()).put("origin", value.origin());
    }
    return document.toPrettyString();
  }
}

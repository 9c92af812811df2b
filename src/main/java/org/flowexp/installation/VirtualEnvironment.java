package org.flowexp.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A private virtual environment of Python with pinned packages. Who makes one holds a lock against
 * others who may.
 */
public final class VirtualEnvironment {
  private static final List<String> FOREIGN = List.of("PYTHONPATH", "PYTHONHOME");
  private static final int QUOTED = 300;

  private final Path parent;
  private final String name;
  private final String title;
  private final String requirements;
  private final Duration patience;

  /**
   * One that may be there or not.
   *
   * @param parent of its folder
   * @param name of its folder
   * @param title of what is in it, for people
   * @param requirements for pip, complete and pinned
   * @param patience with one command
   */
  public VirtualEnvironment(
      Path parent, String name, String title, String requirements, Duration patience) {
    this.parent = parent;
    this.name = name;
    this.title = title;
    this.requirements = requirements;
    this.patience = patience;
  }

  /** Its folder. */
  public Path home() {
    return parent.resolve(name);
  }

  /** Its Python. */
  public Path python() {
    Path unix = home().resolve("bin/python");
    return Files.exists(unix) ? unix : home().resolve("Scripts/python.exe");
  }

  /**
   * Written last, with the requirements it was made from, so a half-made or outdated environment is
   * no complete one.
   */
  private Path marker() {
    return home().resolve("installed.txt");
  }

  /** Whether all of it is there. */
  public boolean isComplete() throws IOException {
    return Files.exists(marker()) && Files.readString(marker()).equals(requirements);
  }

  /**
   * Makes it anew, in one go.
   *
   * @param python that it begins with
   * @throws InstallationFailed if it cannot be made
   */
  public void make(String python) throws IOException {
    Files.createDirectories(parent);
    delete(home());
    begin(python);
    Path list = parent.resolve(name + ".requirements.txt");
    Files.writeString(list, requirements);
    // The list is complete and pinned, so pip need not, and must not, add to it.
    pip(List.of("--no-deps", "-r", list.toString()));
    Files.writeString(marker(), requirements);
  }

  /**
   * Makes it package by package; what an earlier attempt has installed stays. For large packages:
   * pip keeps no copies.
   *
   * @param python that it begins with
   * @param each is told of each package before it is fetched
   * @throws InstallationFailed if it cannot be made
   */
  public void makeOneByOne(String python, Consumer<String> each) throws IOException {
    Files.deleteIfExists(marker());
    begin(python);
    List<String> packages = requirements.lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < packages.size(); i++) {
      each.accept((i + 1) + " of " + packages.size() + ": " + packages.get(i));
      pip(List.of("--no-deps", "--no-cache-dir", packages.get(i)));
    }
    Files.writeString(marker(), requirements);
  }

  private void begin(String python) throws IOException {
    Files.createDirectories(parent);
    Files.deleteIfExists(log());
    execute(List.of(python, "-m", "venv", home().toString()));
    // Large packages are unpacked here first, and the usual place may be small.
    Files.createDirectories(scratch());
  }

  private Path scratch() {
    return home().resolve("tmp");
  }

  private void pip(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(python().toString(), "-m", "pip", "install", "--disable-pip-version-check"));
    command.addAll(arguments);
    execute(command);
  }

  private Path log() {
    return parent.resolve(name + ".log");
  }

  private void execute(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Map<String, String> environment = builder.environment();
    FOREIGN.forEach(environment::remove);
    environment.put("TMPDIR", scratch().toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      throw new InstallationFailed(
          title + " needs Python 3.10 or newer, and '" + command.get(0) + "' does not start",
          missing);
    }
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new InstallationFailed("installing " + title + " takes longer than " + patience);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InstallationFailed("installing " + title + " was interrupted", interrupt);
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new InstallationFailed(
          "installing "
              + title
              + " failed: "
              + String.join(" ", command)
              + " ended with "
              + process.exitValue()
              + reason()
              + "; its output is in "
              + log());
    }
  }

  /** What the last program itself says, if it marks it as its error. */
  private String reason() throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> line.startsWith("ERROR: ") || line.startsWith("Error: "))
        .reduce((first, second) -> second)
        .map(line -> " (" + line.substring(0, Math.min(QUOTED, line.length())) + ")")
        .orElse("");
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

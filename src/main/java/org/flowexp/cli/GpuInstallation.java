package org.flowexp.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowexp.installation.InstallationFailed;
import org.flowexp.installation.VirtualEnvironment;
import org.flowexp.stage.KeyLock;

/**
 * What a graphics card of NVIDIA needs beside its driver: the libraries for which TensorFlow 2.18
 * was built, in a virtual environment of their own, and TensorFlow's library for cards, beside the
 * usual one. The launcher takes them where a card is asked for.
 */
final class GpuInstallation {
  private static final String NAME = "gpu-cuda-12.5";
  private static final String REQUIREMENTS = "/org/flowexp/gpu-requirements.txt";
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long GIGABYTE = 1_000_000_000L;

  /** Libraries 2.7 GB, the largest package 0.6 GB, TensorFlow's library 0.5 GB and 1.3 GB. */
  private static final long NEEDED = 5 * GIGABYTE;

  private final Host host;
  private final String python;
  private final VirtualEnvironment environment;

  private GpuInstallation(Host host, String python, VirtualEnvironment environment) {
    this.host = host;
    this.python = python;
    this.environment = environment;
  }

  /** The one of the settings, there or not. */
  static GpuInstallation of(Host host, Settings settings) throws IOException {
    return new GpuInstallation(
        host,
        settings.text(Setting.PYTHON),
        new VirtualEnvironment(
            settings.folder(Setting.TOOLS),
            NAME,
            "the libraries for graphics cards",
            requirements(),
            PATIENCE));
  }

  /** The folders of libraries in it; none if it is not there. */
  List<Path> folders() {
    return GpuLibraries.folders(environment.home());
  }

  /**
   * Makes what is not there yet; what an earlier attempt has fetched stays.
   *
   * @throws RunFailure if something cannot be fetched here
   */
  @SuppressWarnings("try") // the lock is held, not used
  void make() throws RunFailure, IOException {
    requireKind(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    Path root = root();
    Path lock = environment.home().resolveSibling(NAME + ".lock");
    Files.createDirectories(lock.getParent());
    Optional<KeyLock> held = KeyLock.tryAcquire(lock);
    if (held.isEmpty()) {
      throw new RunFailure("another process installs into " + environment.home());
    }
    try (KeyLock ours = held.get()) {
      fetchLibraries();
      Path library = fetchTensorFlow(root);
      tellLauncher(root, library);
    } catch (InstallationFailed failure) {
      throw new RunFailure(failure.getMessage() + "; the same command goes on", failure);
    }
    tryLauncher(root);
  }

  /** Where the packages and TensorFlow's library exist. */
  static void requireKind(String system) throws RunFailure {
    if (!system.equals("Linux amd64")) {
      throw new RunFailure(
          "TensorFlow computes on graphics cards from Java on 64-bit Linux with an Intel or AMD"
              + " processor alone; this is "
              + system);
    }
  }

  private Path root() throws RunFailure {
    String root = host.environment().getOrDefault("FLOWEXP_ROOT", "");
    if (root.isBlank() || !Files.isRegularFile(Path.of(root, "pom.xml"))) {
      throw new RunFailure(
          "`--install-gpu` needs the sources and Maven, and `run-experiment` beside them: a"
              + " package, and Java by itself, compute on the CPU");
    }
    return Path.of(root);
  }

  private void fetchLibraries() throws RunFailure, IOException {
    if (!environment.isComplete()) {
      long there = bytes(environment.home());
      requireSpace(Files.getFileStore(environment.home().getParent()).getUsableSpace() + there);
      host.err()
          .println("fetching NVIDIA's libraries (1.8 GB) into " + environment.home() + " ...");
      environment.makeOneByOne(python, step -> host.err().println("  " + step));
    }
    List<Path> folders = folders();
    for (String name : GpuLibraries.FETCHED) {
      if (folders.stream().noneMatch(folder -> Files.exists(folder.resolve(name)))) {
        throw new RunFailure(
            name + " is not in " + environment.home() + ": delete that folder and try again");
      }
    }
  }

  /**
   * Before anything is fetched.
   *
   * @param bytes free, and taken by what is there already
   */
  void requireSpace(long bytes) throws RunFailure {
    if (bytes < NEEDED) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "no space for the libraries: %.1f GB are free for %s, about %d GB are needed;"
                  + " FLOWEXP_TOOLS names another folder",
              (double) bytes / GIGABYTE,
              environment.home(),
              NEEDED / GIGABYTE));
    }
  }

  private static long bytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Maven keeps it beside the usual one. */
  private Path fetchTensorFlow(Path root) throws IOException {
    host.err().println("fetching TensorFlow's library for graphics cards (0.5 GB) ...");
    Path list = Files.createTempFile("flowexp-gpu", ".classpath");
    List<String> said =
        said(
            root,
            "mvn",
            "-q",
            "-B",
            "-Dstyle.color=never",
            "-Pgpu",
            "dependency:build-classpath",
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + list);
    Optional<Path> library =
        Arrays.stream(Files.readString(list).strip().split(File.pathSeparator))
            .filter(entry -> entry.endsWith("-gpu.jar"))
            .map(Path::of)
            .findFirst();
    Files.delete(list);
    return library.orElseThrow(
        () ->
            new InstallationFailed(
                "`mvn -Pgpu` does not give TensorFlow's library for graphics cards: "
                    + last(said)));
  }

  private void tellLauncher(Path root, Path library) throws IOException {
    List<Path> folders = folders();
    Path compiler = folders.get(0).getParent().resolveSibling("cuda_nvcc");
    Path target = Files.createDirectories(root.resolve("target"));
    Files.writeString(
        target.resolve("gpu.launch"),
        library
            + "\n"
            + folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
            + "\n"
            + compiler
            + "\n");
  }

  /** Unpacks the library, too, which takes a while the first time. */
  private void tryLauncher(Path root) throws RunFailure, IOException {
    host.err().println("unpacking it (1.3 GB) and looking for a card ...");
    List<String> said = said(root, root.resolve("run-experiment").toString(), "work", "--unpack");
    Optional<String> answer =
        said.stream().filter(line -> line.startsWith(WorkVerb.CARD)).findFirst();
    host.err()
        .println(
            answer.orElseThrow(
                () -> new RunFailure("TensorFlow's library does not load: " + last(said))));
  }

  private static String last(List<String> said) {
    return said.stream()
        .filter(line -> !line.isBlank())
        .skip(Math.max(0, said.stream().filter(line -> !line.isBlank()).count() - 3))
        .collect(Collectors.joining(" / "));
  }

  /** All that a program says, of itself and of its failure. */
  private static List<String> said(Path folder, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put(Setting.DEVICE.variable(), "gpu");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return new ArrayList<>(text.lines().toList());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InstallationFailed("interrupted", interrupt);
    } catch (IOException missing) {
      throw new InstallationFailed("`" + command[0] + "` does not start", missing);
    }
  }

  private static String requirements() throws IOException {
    try (InputStream shipped = GpuInstallation.class.getResourceAsStream(REQUIREMENTS)) {
      if (shipped == null) {
        throw new IllegalStateException(REQUIREMENTS + " is missing from the class path");
      }
      return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.flowexp.jobs.JavaProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code package}: all of FlowExp in one archive, which runs with a JDK alone. */
@Command(
    name = "package",
    description = {
      "Writes all of FlowExp into one archive, for a machine without Maven and without a network:",
      "unpack it, and ./run-experiment is there. It needs a JDK 17, nothing else."
    })
final class PackageVerb extends Verb {
  private static final String ROOT = "flowexp/";
  private static final String LAUNCHER = "run-experiment";
  private static final String OURS = "lib/flowexp.jar";
  private static final String LAUNCHED = "target/flowexp.jar";
  private static final List<String> FILES =
      List.of(
          LAUNCHER,
          LAUNCHER + ".cmd",
          "README.md",
          "Containerfile",
          "grammar",
          "experiments",
          "src/site/markdown");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the archive (flowexp.tar.gz)",
      defaultValue = "flowexp.tar.gz")
  private String out = "";

  PackageVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws RunFailure, IOException {
    Path root = root();
    Path file = host().path(out).toAbsolutePath();
    Map<String, Path> files = files(root);
    byte[] classes = new byte[0];
    Path built = root.resolve("target/classes");
    for (Path entry : JavaProgram.ofThisProcess(Main.class.getName()).classPath()) {
      if (entry.equals(root.resolve(LAUNCHED)) && Files.isDirectory(built)) {
        // The launcher's own jar holds when it was made.
        classes = jar(built);
      } else if (Files.isDirectory(entry)) {
        classes = jar(entry);
      } else {
        files.put(ROOT + "lib/" + entry.getFileName(), entry);
      }
    }
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    try (TarGz archive = new TarGz(draft)) {
      for (Map.Entry<String, Path> each : files.entrySet()) {
        archive.add(each.getKey(), each.getValue());
      }
      if (classes.length > 0) {
        archive.add(ROOT + OURS, classes);
      }
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    say(file, files.size());
    return ExitCode.OK;
  }

  /** Where the launcher is, which says so. */
  private Path root() throws RunFailure {
    String said = host().environment().getOrDefault("FLOWEXP_ROOT", "");
    Path root = Path.of(said.isBlank() ? "." : said).toAbsolutePath().normalize();
    if (!Files.isExecutable(root.resolve(LAUNCHER))) {
      throw new RunFailure(root + " holds no " + LAUNCHER + "; start `package` with it");
    }
    return root;
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (String name : FILES) {
      if (Files.exists(root.resolve(name))) {
        try (Stream<Path> found = Files.walk(root.resolve(name))) {
          found
              .filter(Files::isRegularFile)
              .filter(path -> !within(root, path).contains(".flowexp/"))
              .forEach(path -> files.put(ROOT + within(root, path), path));
        }
      }
    }
    return files;
  }

  /** As archives write it, also on Windows. */
  private static String within(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The classes as an archive, always the same for the same classes. */
  private static byte[] jar(Path classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        Stream<Path> found = Files.walk(classes)) {
      for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
        JarEntry entry = new JarEntry(within(classes, path));
        entry.setTime(0);
        jar.putNextEntry(entry);
        Files.copy(path, jar);
        jar.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private void say(Path file, int count) throws IOException {
    long megabytes = Files.size(file) / 1_000_000;
    switch (format()) {
      case TEXT ->
          host()
              .out()
              .println(
                  file
                      + ": "
                      + megabytes
                      + " MB, "
                      + count
                      + " files; `tar xf` unpacks it, flowexp/run-experiment runs it");
      case JSON ->
          host()
              .out()
              .println(
                  new ObjectMapper()
                      .createObjectNode()
                      .put("file", file.toString())
                      .put("megabytes", megabytes)
                      .toPrettyString());
    }
  }
}

package org.flowexp.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libraries of NVIDIA that TensorFlow 2.18 opens by name before it computes on a card: those of
 * its loader ({@code tsl/platform/default/dso_loader.cc}), and what these need of each other.
 */
final class GpuLibraries {
  /** It belongs to the driver and to the kernel's module: no package of Python brings it. */
  static final String DRIVER = "libcuda.so.1";

  /** All but the driver's. */
  static final List<String> FETCHED =
      List.of(
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libnvJitLink.so.12",
          "libcudnn.so.9",
          "libcupti.so.12",
          "libnccl.so.2");

  private static final Pattern CACHED = Pattern.compile("\\s*(\\S+) \\(.*\\) => (.+)");
  private static final List<String> CACHES = List.of("/sbin/ldconfig", "ldconfig");

  private GpuLibraries() {}

  /** The names of all of them, the driver's first. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of(DRIVER));
    names.addAll(FETCHED);
    return names;
  }

  /**
   * Where the loader finds each, or that it does not.
   *
   * @param first folders that it looks into before its own
   */
  static Map<String, Optional<Path>> find(Host host, List<Path> first) {
    List<Path> folders = new ArrayList<>(first);
    String variable = host.environment().getOrDefault("LD_LIBRARY_PATH", "");
    Pattern.compile(File.pathSeparator)
        .splitAsStream(variable)
        .filter(folder -> !folder.isBlank())
        .forEach(folder -> folders.add(host.path(folder)));
    Map<String, Path> cached = cached(host);
    Map<String, Optional<Path>> all = new LinkedHashMap<>();
    for (String name : names()) {
      Optional<Path> there =
          folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
      all.put(name, there.or(() -> Optional.ofNullable(cached.get(name))));
    }
    return all;
  }

  /** What the loader finds without being told. */
  private static Map<String, Path> cached(Host host) {
    Map<String, Path> found = new LinkedHashMap<>();
    for (String program : CACHES) {
      for (String line : host.lines(program, "-p")) {
        Matcher matcher = CACHED.matcher(line);
        if (matcher.matches()) {
          found.putIfAbsent(matcher.group(1), Path.of(matcher.group(2)));
        }
      }
    }
    return found;
  }

  /** The folders of libraries that packages of NVIDIA have in a virtual environment. */
  static List<Path> folders(Path environment) {
    List<Path> folders = new ArrayList<>();
    for (Path packages : matching(environment.resolve("lib"), "python3*")) {
      for (Path part : matching(packages.resolve("site-packages/nvidia"), "*")) {
        if (Files.isDirectory(part.resolve("lib"))) {
          folders.add(part.resolve("lib"));
        }
      }
    }
    return folders;
  }

  private static List<Path> matching(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
        entries.forEach(found::add);
      } catch (IOException unreadable) {
        return List.of();
      }
    }
    Collections.sort(found);
    return found;
  }
}

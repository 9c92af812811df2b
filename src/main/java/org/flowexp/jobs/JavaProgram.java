package org.flowexp.jobs;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start this program again, in another process.
 *
 * @param options of the virtual machine
 * @param classPath absolute
 */
public record JavaProgram(Path java, List<String> options, List<Path> classPath, String mainClass) {
  /** Copies the lists. */
  public JavaProgram {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
  }

  /** As this process was started. */
  public static JavaProgram ofThisProcess(String mainClass) {
    List<String> options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-X") || option.startsWith("-Dorg.bytedeco."))
            .toList();
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new JavaProgram(java, options, classPath, mainClass);
  }

  /** The same with one more option. */
  public JavaProgram with(String option) {
    List<String> all = new ArrayList<>(options);
    all.add(option);
    return new JavaProgram(java, all, classPath, mainClass);
  }

  /** The same on another class path, without the classes that are kept for this one. */
  public JavaProgram on(List<Path> other) {
    List<String> others =
        options.stream().filter(option -> !option.startsWith("-XX:SharedArchiveFile=")).toList();
    return new JavaProgram(java, others, other, mainClass);
  }

  /** The words of its command line. */
  public List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }
}

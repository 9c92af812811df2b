package org.flowexp.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flowexp.run.StopRequest;

/**
 * What the program stands in.
 *
 * @param out what was asked for
 * @param err everything else
 * @param screen whether a person watches {@code err}
 * @param directory relative paths start here
 * @param interrupts makes a request when a person or a scheduler wants the program to end
 */
record Host(
    PrintStream out,
    PrintStream err,
    Screen screen,
    Map<String, String> environment,
    Path directory,
    Path home,
    Consumer<StopRequest> interrupts) {
  private static final int USUAL_COLUMNS = 120;
  private static final Pattern COLOURS = Pattern.compile("\u001B\\[[;\\d]*m");

  Host {
    environment = Map.copyOf(environment);
    directory = directory.toAbsolutePath().normalize();
  }

  /** One that nobody interrupts. */
  Host(
      PrintStream out,
      PrintStream err,
      Screen screen,
      Map<String, String> environment,
      Path directory,
      Path home) {
    this(out, err, screen, environment, directory, home, request -> {});
  }

  /** Whether lines can be rewritten, and how long they may be. */
  record Screen(boolean interactive, int columns) {}

  /** This process. The launcher says what Java 17 cannot ask: whether there is a terminal. */
  static Host ofThisProcess() {
    Map<String, String> environment = System.getenv();
    boolean terminal =
        environment.getOrDefault("FLOWEXP_TERMINAL", "").equals("1")
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return new Host(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        err,
        new Screen(terminal, columns(environment)),
        environment,
        Path.of(""),
        Path.of(System.getProperty("user.home")),
        request -> new Signals(request, err).watch());
  }

  private static int columns(Map<String, String> environment) {
    String text = environment.getOrDefault("COLUMNS", "");
    return text.matches("\\d{2,3}") ? Integer.parseInt(text) : USUAL_COLUMNS;
  }

  /** A path as the user wrote it. */
  Path path(String written) {
    return directory.resolve(written);
  }

  /** The first line that a program prints; empty if it does not start, fails or prints nothing. */
  Optional<String> firstLine(String... command) {
    return lines(command).stream().findFirst();
  }

  /** The lines that a program prints; none if it does not start or fails. */
  List<String> lines(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String plain = COLOURS.matcher(text).replaceAll("");
      return process.waitFor() == 0 ? plain.lines().toList() : List.of();
    } catch (IOException missing) {
      return List.of();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}

package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder per mistake: {@code input.flowexp}, what the command line answers ({@code
 * expected.txt}), and {@code fixed.flowexp}, which has nothing wrong. After a deliberate change of
 * a message, run with {@code -Dgolden.update=true} and read the difference.
 */
class GoldenDiagnosticsTest {
  private static final Path FOLDERS = Path.of("src/test/resources/diagnostics");
  private static final Pattern CODE = Pattern.compile("\"(FX0[2-6]\\d\\d)\"");

  static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(FOLDERS)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Terminal.Answer check(Path folder, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(arguments);
    Terminal.Answer answer = new Terminal(folder).run(all.toArray(String[]::new));
    assertEquals(answer.code() == 0 ? arguments.get(0) + ": ok\n" : "", answer.out());
    return answer;
  }

  private static List<String> arguments(Path folder) throws IOException {
    Path more = folder.resolve("arguments.txt");
    List<String> arguments = new ArrayList<>(List.of("input.flowexp"));
    if (Files.exists(more)) {
      arguments.addAll(List.of(Files.readString(more).strip().split(" ")));
    }
    return arguments;
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aMistakeGetsItsAnswer(Path folder) throws IOException {
    Terminal.Answer answer = check(folder, arguments(folder));
    Path expected = folder.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, answer.err());
    }
    assertEquals(Files.readString(expected), answer.err());
    String code = folder.getFileName().toString().substring(0, 6);
    assertTrue(answer.err().contains("[" + code + "]"), answer.err());
    assertEquals(code.startsWith("FX06") ? 0 : 1, answer.code());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void theCorrectedTwinHasNothingWrong(Path folder) {
    Terminal.Answer answer = check(folder, List.of("fixed.flowexp"));
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
  }

  @Test
  void everyCodeOfTheCheckerHasAFolder() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/flowexp/check"))) {
      for (Path file : files.toList()) {
        Matcher matcher = CODE.matcher(Files.readString(file));
        while (matcher.find()) {
          codes.add(matcher.group(1));
        }
      }
    }
    Set<String> shown = new TreeSet<>();
    folders().forEach(folder -> shown.add(folder.getFileName().toString().substring(0, 6)));
    assertTrue(codes.size() > 40, codes.toString());
    codes.removeAll(shown);
    assertEquals(Set.of(), codes);
  }
}

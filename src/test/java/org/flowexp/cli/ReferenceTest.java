package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowexp.check.Reference;
import org.flowexp.diagnostics.Pages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs}, {@code explain} and {@code new}: each example is checked. */
class ReferenceTest {
  private static final Path PAGE = Path.of("src/site/markdown/language.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("## (Wrong|Right)\n\n```flowexp\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FOUND = Pattern.compile("\\[(FX\\d{4})]");

  @TempDir private Path directory;

  private Terminal.Answer run(String... arguments) {
    return new Terminal(directory).run(arguments);
  }

  static List<String> codes() {
    return Pages.codes();
  }

  private Terminal.Answer check(String example) throws IOException {
    Files.writeString(directory.resolve("example.flowexp"), example);
    Matcher with = Pattern.compile("# run with (.*)").matcher(example);
    String line = "check example.flowexp" + (with.find() ? " " + with.group(1) : "");
    return run(line.split(" "));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void aPageShowsItsMistakeAndTheWayOut(String code) throws IOException {
    Terminal.Answer page = run("explain", code.toLowerCase(java.util.Locale.ROOT));
    assertEquals(ExitCode.OK, page.code());
    assertTrue(page.out().startsWith("# " + code + " "), page.out());
    if (code.startsWith(
        "FX07")) { // of runs: their examples are commands, tried by the tests of faults
      assertTrue(page.out().contains("## Wrong") && page.out().contains("## Right"), page.out());
      return;
    }
    Matcher examples = EXAMPLE.matcher(page.out());
    assertTrue(examples.find() && examples.group(1).equals("Wrong"), page.out());
    if (examples.group(2).contains("# needs a file")) {
      return; // its golden folder has the file
    }
    String answer = check(examples.group(2)).err();
    Set<String> found = new TreeSet<>();
    Matcher codes = FOUND.matcher(answer);
    while (codes.find()) {
      found.add(codes.group(1));
    }
    if (code.startsWith("FX01")) {
      assertTrue(found.contains(code), answer);
    } else {
      assertEquals(Set.of(code), found, answer);
    }
    assertTrue(examples.find() && examples.group(1).equals("Right"), page.out());
    assertFalse(check(examples.group(2)).err().contains(code.startsWith("FX01") ? "[FX01" : "["));
  }

  @Test
  void everyCodeHasAPage() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (String folder : List.of("check", "parse", "cli")) {
      try (Stream<Path> files = Files.list(Path.of("src/main/java/org/flowexp", folder))) {
        for (Path file : files.toList()) {
          Matcher matcher =
              Pattern.compile("[\"\\[](FX0[1-7]\\d\\d)[\"\\]]").matcher(Files.readString(file));
          while (matcher.find()) {
            codes.add(matcher.group(1));
          }
        }
      }
    }
    assertEquals(codes, new TreeSet<>(Pages.codes()));
  }

  @Test
  void anUnknownCodeOrWordNamesTheNearest() throws IOException {
    Terminal.Answer code = run("explain", "FX0597");
    assertEquals(ExitCode.USAGE, code.code());
    assertTrue(code.err().contains("did you mean `FX05"), code.err());
    Terminal.Answer word = run("docs", "realnpv");
    assertEquals(ExitCode.USAGE, word.code());
    assertTrue(word.err().contains("did you mean `realnvp`?"), word.err());
    String json = run("explain", "507", "--format", "json").out();
    assertEquals("FX0507", new ObjectMapper().readTree(json).get("code").asText());
  }

  @Test
  void everyWordIsExplainedOnceInItsGroup() {
    List<Reference.Entry> entries = Reference.entries();
    Set<String> seen = new TreeSet<>();
    for (Reference.Entry entry : entries) {
      assertFalse(entry.summary().isBlank(), entry.name());
      assertTrue(seen.add(entry.group() + " " + entry.name()), entry.name());
    }
    for (String name : Reference.names()) {
      assertTrue(entries.stream().anyMatch(e -> e.name().equals(name)), name);
    }
    String adam = run("docs", "adam").out();
    assertTrue(adam.contains("beta1") && adam.contains("default 0.9"), adam);
    assertTrue(run("docs", "l2").out().contains("loss l2 on model = "));
    assertTrue(run("docs").out().contains("realnvp"));
    String figures = run("docs", "figures").out();
    assertTrue(figures.contains("free_energy") && figures.contains("clashes"), figures);
    assertFalse(figures.contains("realnvp"), figures);
  }

  @Test
  void thePageOfTheSiteIsFresh() throws IOException {
    String page = ReferenceText.markdown(Reference.entries());
    if (Boolean.getBoolean("reference.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page);
  }

  @Test
  void aNewFileChecksWithoutAWarningAndIsInItsLayout() throws IOException {
    assertEquals(ExitCode.OK, run("new", "first").code());
    Terminal.Answer check = run("check", "first.flowexp");
    assertEquals("", check.err());
    assertEquals(ExitCode.OK, run("fmt", "--check", "first.flowexp").code());
    String written = Files.readString(directory.resolve("first.flowexp"));
    Terminal.Answer again = run("new", "first.flowexp");
    assertEquals(ExitCode.USAGE, again.code());
    assertTrue(again.err().contains("is there already"), again.err());
    assertEquals(written, Files.readString(directory.resolve("first.flowexp")));
  }
}

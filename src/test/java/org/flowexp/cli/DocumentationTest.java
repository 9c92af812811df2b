package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of the site do what they say. Files are checked; a piece of one replaces or joins the
 * declarations of the page's last file. Commands that only read are run; those that train are
 * planned, with the same options ({@code src/site/walk} runs them).
 */
class DocumentationTest {
  private static final Path SITE = Path.of("src/site/markdown");
  private static final Pattern OWN_PATH =
      Pattern.compile("`((?:src|editors|experiments|reports)/[\\w./-]+)`");
  private static final Set<String> READING = Set.of("check", "explain", "docs", "fmt");
  private static final Set<String> ELSEWHERE = Set.of("ui", "report", "sample", "doctor", "sync");
  private static final String PROGRAM = "$ ./run-experiment ";

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(SITE)) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("editors/vscode/README.md")),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageShowsIsTrue(Path page) throws IOException {
    follow(Files.readString(page));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theFilesThatAPageNamesAreThere(Path page) throws IOException {
    List<String> missing =
        OWN_PATH
            .matcher(Files.readString(page))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !Files.exists(Path.of(name)))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void aPageThatIsWrongIsSeen() throws IOException {
    String loss = Files.readString(SITE.resolve("tutorials/loss.md"));
    for (List<String> wrong :
        List.of(
            List.of("stop(median(log_w))", "stop(median(log_v))"),
            List.of("0.1 * kl_x + above_median", "0.1 * kl_x + above_medain"),
            List.of("<!-- check: exit 1 -->\n", ""))) {
      assertTrue(loss.contains(wrong.get(0)), wrong.get(0));
      String page = loss.replace(wrong.get(0), wrong.get(1));
      assertThrows(AssertionError.class, () -> follow(page), wrong.get(0));
    }
    String layer = Files.readString(SITE.resolve("howto/layer.md"));
    assertThrows(
        AssertionError.class,
        () -> follow(layer.replace("Permutation.reversal(4)", "Permutation.reversal(5)")));
  }

  private void follow(String page) throws IOException {
    Optional<Path> file = Optional.empty();
    for (PageFence fence : PageFence.of(page)) {
      for (String note : fence.notes()) {
        if (note.startsWith("replace ")) {
          Files.deleteIfExists(folder.resolve("with-the-piece.flowexp"));
          replace(note.substring("replace ".length()));
        }
      }
      switch (fence.language()) {
        case "flowexp" -> file = file(fence, file);
        case "console" -> commands(fence);
        case "java" -> java(fence);
        case "text" -> {
          if (fence.title().isPresent()) {
            Files.writeString(folder.resolve(fence.title().get()), fence.text());
          }
        }
        default -> {}
      }
    }
  }

  /** An edit that the page tells the reader to make. */
  private void replace(String note) throws IOException {
    Path file = folder.resolve(note.substring(0, note.indexOf(' ')));
    String[] change = note.substring(note.indexOf(' ') + 2).split(Pattern.quote(mark(note)), 3);
    String text = Files.readString(file);
    assertTrue(text.contains(change[0]), () -> file + " does not hold " + change[0]);
    Files.writeString(file, text.replace(change[0], change[1].replace("\\n", "\n")));
  }

  private static String mark(String note) {
    int at = note.indexOf(' ') + 1;
    return note.substring(at, at + 1);
  }

  private Optional<Path> file(PageFence fence, Optional<Path> last) throws IOException {
    boolean whole = fence.text().startsWith("flowexp 1");
    if (!whole) {
      assertTrue(last.isPresent(), () -> "a piece of which file? " + fence.text());
      Path trial = folder.resolve("with-the-piece.flowexp");
      Path base = Files.exists(trial) ? trial : last.orElseThrow();
      Files.writeString(trial, with(Files.readString(base), fence.text()));
      accepts(trial);
      return last;
    }
    Files.deleteIfExists(folder.resolve("with-the-piece.flowexp"));
    Path file = folder.resolve(fence.title().orElse("untitled.flowexp"));
    Files.writeString(file, fence.text());
    if (!fence.title().orElse("").startsWith("refused")) {
      accepts(file);
    }
    return Optional.of(file);
  }

  private void accepts(Path file) {
    Terminal.Answer answer = run("check", file.getFileName().toString());
    assertEquals(ExitCode.OK, answer.code(), answer.err());
  }

  /** A file with some declarations replaced and some added before the first schedule. */
  private static String with(String text, String piece) {
    Document before = parsed(text);
    Document added = parsed("flowexp 1\n" + piece);
    Set<String> names = named(added).map(d -> d.name().text()).collect(Collectors.toSet());
    StringBuilder without = new StringBuilder(text);
    List<Declaration.Named> replaced =
        new ArrayList<>(named(before).filter(d -> names.contains(d.name().text())).toList());
    java.util.Collections.reverse(replaced);
    replaced.forEach(d -> without.delete(d.span().start(), d.span().end()));
    return without + "\n" + piece;
  }

  private static Stream<Declaration.Named> named(Document document) {
    return document.declarations().stream()
        .filter(Declaration.Named.class::isInstance)
        .map(Declaration.Named.class::cast);
  }

  private static Document parsed(String text) {
    Diagnostics mistakes = new Diagnostics();
    Document document = Parser.parse(new SourceFile("piece", text), mistakes);
    assertTrue(!mistakes.hasErrors(), () -> mistakes.inFileOrder() + " in " + text);
    return document;
  }

  private void commands(PageFence fence) throws IOException {
    List<String> lines = fence.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String command = lines.get(i);
      if (command.startsWith(PROGRAM)) {
        List<String> shown =
            lines.subList(i + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("$ "))
                .toList();
        boolean last = lines.stream().skip(i + 1L).noneMatch(line -> line.startsWith("$ "));
        int code = last ? fence.note("exit").map(Integer::parseInt).orElse(0) : 0;
        command(command.substring(PROGRAM.length()).split(" ", -1), code, shown);
      }
    }
  }

  private void command(String[] words, int code, List<String> shown) throws IOException {
    String verb = words[0];
    if (ELSEWHERE.contains(verb)) {
      return;
    }
    if (verb.equals("new")) {
      assertEquals(code, run(words).code());
      return;
    }
    if (READING.contains(verb)) {
      Terminal.Answer answer = run(words);
      assertEquals(code, answer.code(), answer.err());
      String said = answer.out() + answer.err();
      for (String line : shown) {
        boolean told = line.equals("…") || line.isBlank();
        assertTrue(told || said.contains(line.strip()), line);
      }
      return;
    }
    List<String> planned =
        new ArrayList<>(
            Stream.of(words)
                .filter(word -> !Set.of("run", "plan", "--offline").contains(word))
                .toList());
    planned.add(0, "plan");
    Terminal.Answer answer = run(planned.toArray(String[]::new));
    boolean mistakes =
        code == ExitCode.REJECTED && shown.stream().anyMatch(l -> l.startsWith("error["));
    assertEquals(mistakes ? ExitCode.REJECTED : ExitCode.OK, answer.code(), answer.err());
  }

  private static void java(PageFence fence) throws IOException {
    Path file = Path.of(fence.title().orElseThrow(() -> new AssertionError("java of which file?")));
    assertTrue(
        Files.readString(file).contains(fence.text()),
        () -> file + " does not have these lines:\n" + fence.text());
  }

  private Terminal.Answer run(String... words) {
    return new Terminal(folder).run(words);
  }
}

package org.flowexp.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.diagnostics.JsonRenderer;
import org.flowexp.diagnostics.TextRenderer;
import org.flowexp.format.Formatter;
import org.flowexp.grammar.FlowExpLexer;
import org.flowexp.grammar.FlowExpParser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;
import org.flowexp.testing.TreeText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a document comes back, and an invalid file has a diagnostic. */
class FuzzTest {
  private static final int CASES = 1_000;
  private static final Pattern TOKENS =
      Pattern.compile("\"[^\"\n]*\"|#[^\n]*|\\w+|\\s+|[<>=!.-]+|.", Pattern.DOTALL);

  private record Outcome(Document document, List<Diagnostic> found) {}

  private static Outcome parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Document document = Parser.parse(new SourceFile("fuzz.flowexp", text), diagnostics);
    assertNotNull(document);
    List<Diagnostic> found = diagnostics.inFileOrder();
    for (Diagnostic diagnostic : found) {
      int start = diagnostic.primary().span().start();
      int end = diagnostic.primary().span().end();
      assertTrue(0 <= start && start <= end && end <= text.length(), diagnostic::toString);
    }
    assertFalse(new TextRenderer(TextRenderer.Colour.NEVER).render(found).contains("\u001B"));
    assertNotNull(new JsonRenderer().render(found));
    return new Outcome(document, found);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void randomBytesAreReported(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertFalse(parse(text).found().isEmpty());
      agreesWithTheGrammar("flowexp 1\nlet a = " + text);
      parse(new String(bytes, StandardCharsets.UTF_16BE));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void randomWordsAreReportedOrParsed(long seed) {
    Random random = new Random(seed);
    List<String> words = words(ExampleFiles.text("every_form"));
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder("flowexp 1\n");
      for (int k = random.nextInt(60); k > 0; k--) {
        text.append(words.get(random.nextInt(words.size())));
        text.append(random.nextInt(4) == 0 ? "\n" : " ");
      }
      agreesWithTheGrammar(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void mutatedFilesAreReportedOrParsed(long seed) {
    Random random = new Random(seed);
    List<String> names = ExampleFiles.names().toList();
    for (int i = 0; i < CASES; i++) {
      List<String> words = words(ExampleFiles.text(names.get(i % names.size())));
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        mutate(words, random);
      }
      agreesWithTheGrammar(String.join("", words));
    }
  }

  private static void mutate(List<String> words, Random random) {
    int at = random.nextInt(words.size());
    switch (random.nextInt(4)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, words.get(at));
      case 2 -> words.set(at, words.get(random.nextInt(words.size())));
      default -> Collections.swap(words, at, random.nextInt(words.size()));
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = TOKENS.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /**
   * ANTLR's own verdict on the whole file is the oracle for invalid files; a valid document must
   * survive formatting.
   */
  private static void agreesWithTheGrammar(String text) {
    Outcome outcome = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> parse(text));
    if (!outcome.found().isEmpty()) {
      return;
    }
    FlowExpLexer lexer = new FlowExpLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    FlowExpParser parser = new FlowExpParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    int declarations = parser.file().decl().size();
    assertEquals(0, parser.getNumberOfSyntaxErrors(), text);
    assertEquals(declarations, outcome.document().declarations().size(), text);
    String once = Formatter.format(outcome.document());
    Outcome again = parse(once);
    assertEquals(List.of(), again.found(), once);
    assertEquals(TreeText.of(outcome.document()), TreeText.of(again.document()));
    assertEquals(once, Formatter.format(again.document()), text);
  }

  /** One edit at one place is one cause; a swap, which has two places, is left out here. */
  @Test
  void oneEditIsRarelyMoreThanOneMistake() {
    Random random = new Random(7);
    String text = ExampleFiles.text("double_well_12d");
    int invalid = 0;
    int several = 0;
    for (int i = 0; i < CASES / 2; i++) {
      List<String> words = words(text);
      words.remove(random.nextInt(words.size()));
      int found = parse(String.join("", words)).found().size();
      invalid += found > 0 ? 1 : 0;
      several += found > 1 ? 1 : 0;
    }
    assertTrue(invalid > CASES / 8, "invalid: " + invalid);
    assertTrue(20 * several < invalid, several + " of " + invalid);
  }

  @Tag("slow")
  @Test
  void tenMegabytesAreParsedInLinearTime() {
    String one = ExampleFiles.text("double_well_12d").replace("flowexp 1\n", "");
    String text = "flowexp 1\n" + one.repeat(10_000_000 / one.length() + 1);
    Outcome outcome = assertTimeout(Duration.ofSeconds(60), () -> parse(text));
    assertEquals(List.of(), outcome.found());
  }

  @Tag("slow")
  @Test
  void aHundredThousandDeclarationsAreParsed() {
    String text = "flowexp 1\n" + "let a = f(1) + 2\n".repeat(100_000);
    Outcome outcome = assertTimeout(Duration.ofSeconds(30), () -> parse(text));
    assertEquals(100_000, outcome.document().declarations().size());
  }

  @Tag("slow")
  @Test
  void aHundredThousandMistakesAreReported() {
    String text = "flowexp 1\n" + "let = 2\n".repeat(50_000) + "let a = f(1 + 2\n".repeat(50_000);
    Outcome outcome = assertTimeout(Duration.ofSeconds(30), () -> parse(text));
    assertEquals(100_000, outcome.found().size());
  }

  @Tag("slow")
  @Test
  void oneLineOfTenMegabytesIsReported() {
    String text = "flowexp 1 let a = [" + "1, ".repeat(3_300_000) + "$";
    Outcome outcome = assertTimeout(Duration.ofSeconds(60), () -> parse(text));
    assertEquals(1, outcome.found().size());
  }
}

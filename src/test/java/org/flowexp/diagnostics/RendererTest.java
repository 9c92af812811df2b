package org.flowexp.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final TextRenderer PLAIN = new TextRenderer(TextRenderer.Colour.NEVER);

  private static Span find(SourceFile file, String text) {
    int start = file.text().indexOf(text);
    return new Span(file, start, start + text.length());
  }

  private static Diagnostic at(String line, String mistake) {
    return Diagnostic.error("FX0101", "m", find(new SourceFile("f", line), mistake), "here");
  }

  @Test
  void theLayoutIsThatOfTheDescription() {
    String before = "\n".repeat(66);
    SourceFile file = new SourceFile("e/d.flowexp", before + "    minimize = kl_x\n");
    Diagnostic diagnostic =
        Diagnostic.error(
                "FX0507",
                "a data_free phase reaches data",
                find(file, "kl_x"),
                "`kl_x` is a loss on data (std/losses:12)")
            .help("use `df_kl_x`, or drop `data_free`");
    String expected =
        """
        error[FX0507]: a data_free phase reaches data
          --> e/d.flowexp:67:16
        67 |     minimize = kl_x
           |                ^^^^ `kl_x` is a loss on data (std/losses:12)
           = help: use `df_kl_x`, or drop `data_free`
        """;
    assertEquals(expected, PLAIN.render(diagnostic));
  }

  @Test
  void otherPartiesAreShownInTheirFiles() {
    SourceFile file = new SourceFile("a", "let b = c");
    SourceFile other = new SourceFile("std/b", "\n".repeat(99) + "loss c on data = 1");
    Diagnostic diagnostic =
        Diagnostic.warning("FX0601", "m", find(file, "c"), "used")
            .also(find(other, "c"), "declared")
            .note("one\ntwo");
    String expected =
        """
        warning[FX0601]: m
           --> a:1:9
          1 | let b = c
            |         ^ used
           ::: std/b:100:6
        100 | loss c on data = 1
            |      - declared
            = note: one
                    two
        """;
    assertEquals(expected, PLAIN.render(diagnostic));
  }

  private static void assertCaret(String shown, String caret, Diagnostic diagnostic) {
    String[] lines = PLAIN.render(diagnostic).split("\n", -1);
    assertEquals("1 | " + shown, lines[2]);
    assertEquals("  | " + caret, lines[3]);
  }

  @Test
  void caretsStandUnderWhatTheyMean() {
    assertCaret("    a   b", "        ^ here", at("\ta\tb", "b"));
    assertCaret("日本 = b", "       ^ here", at("日本 = b", "b"));
    assertCaret("\uD83D\uDE00 = b", "     ^ here", at("\uD83D\uDE00 = b", "b"));
    assertCaret("\uD835\uDD38 = b", "    ^ here", at("\uD835\uDD38 = b", "b"));
    assertCaret("e\u0301 = b", "    ^ here", at("e\u0301 = b", "b"));
    assertCaret("日本", "^^^^ here", at("日本", "日本"));
    assertCaret("\uFFFD[2J b", "     ^ here", at("\u001B[2J b", "b"));
  }

  @Test
  void aSpanOfManyLinesShowsItsFirst() {
    assertCaret("a = {", "    ^ here", at("a = {\n  b\n}", "{\n  b\n}"));
  }

  @Test
  void theEndOfAFileHasACaretToo() {
    SourceFile file = new SourceFile("f", "ab");
    assertCaret("ab", "  ^ here", Diagnostic.error("FX0101", "m", new Span(file, 2, 2), "here"));
  }

  @Test
  void longLinesAreCutAroundTheMistake() {
    String line = "x".repeat(500) + "wrong" + "y".repeat(500);
    String[] lines = PLAIN.render(at(line, "wrong")).split("\n", -1);
    assertTrue(lines[2].length() <= 110, lines[2]);
    assertTrue(lines[2].contains("xwrongy") && lines[2].endsWith("…"), lines[2]);
    assertEquals(lines[2].indexOf("wrong"), lines[3].indexOf("^^^^^"));
    String[] whole = PLAIN.render(at(line, line)).split("\n", -1);
    assertTrue(whole[3].length() <= 120, whole[3]);
  }

  private static List<Diagnostic> many(int count, Severity severity) {
    SourceFile file = new SourceFile("f", "a".repeat(count));
    List<Diagnostic> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Span span = new Span(file, i, i + 1);
      all.add(
          severity == Severity.ERROR
              ? Diagnostic.error("FX0101", "m", span, "l")
              : Diagnostic.warning("FX0601", "m", span, "l"));
    }
    return all;
  }

  @Test
  void twentyErrorsAreEnough() {
    String text = PLAIN.render(many(23, Severity.ERROR));
    assertEquals(20, text.split("error\\[", -1).length - 1);
    assertTrue(text.endsWith("\n\nand 3 more errors\n\n23 errors\n"), text);
  }

  @Test
  void theLastLineCounts() {
    List<Diagnostic> both = new ArrayList<>(many(3, Severity.ERROR));
    both.addAll(many(1, Severity.WARNING));
    assertTrue(PLAIN.render(both).endsWith("\n\n3 errors, 1 warning\n"));
    assertTrue(PLAIN.render(many(1, Severity.ERROR)).endsWith("\n\n1 error\n"));
    assertTrue(PLAIN.render(many(2, Severity.WARNING)).endsWith("\n\n2 warnings\n"));
    assertEquals("", PLAIN.render(List.of()));
  }

  @Test
  void coloursComeOnlyWhenAskedFor() {
    TextRenderer coloured = new TextRenderer(TextRenderer.Colour.ALWAYS);
    String text = coloured.render(many(1, Severity.ERROR));
    assertTrue(text.contains("\u001B[1;31m"));
    assertEquals(PLAIN.render(many(1, Severity.ERROR)), text.replaceAll("\u001B\\[[0-9;]*m", ""));
    assertFalse(PLAIN.render(many(1, Severity.ERROR)).contains("\u001B"));
  }

  @Test
  void jsonHoldsEverything() {
    SourceFile file = new SourceFile("f", "let b = \"c\n\"");
    Diagnostic diagnostic =
        Diagnostic.error("FX0101", "m \"q\"", find(file, "b"), "l")
            .also(find(file, "let"), "s")
            .note("n");
    String expected =
        "[{\"code\":\"FX0101\",\"severity\":\"error\",\"file\":\"f\","
            + "\"range\":{\"start\":{\"line\":1,\"column\":5},\"end\":{\"line\":1,\"column\":6}},"
            + "\"message\":\"m \\\"q\\\"\",\"label\":\"l\",\"secondary\":[{\"file\":\"f\","
            + "\"range\":{\"start\":{\"line\":1,\"column\":1},\"end\":{\"line\":1,\"column\":4}},"
            + "\"label\":\"s\"}],\"notes\":[\"n\"],\"help\":null}]";
    assertEquals(expected, new JsonRenderer().tree(List.of(diagnostic)).toString());
    assertEquals("[ ]", new JsonRenderer().render(List.of()));
  }
}

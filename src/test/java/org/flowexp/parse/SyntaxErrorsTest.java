package org.flowexp.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What a person reads: code, place, message, label and way out, to the letter. */
class SyntaxErrorsTest {
  private static String lines(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(SyntaxErrorsTest::line).collect(Collectors.joining(" ;; "));
  }

  private static String line(Diagnostic d) {
    String help = d.help().map(text -> " / " + text).orElse("");
    return d.code()
        + " "
        + d.primary().span().startPosition().line()
        + ":"
        + d.primary().span().startPosition().column()
        + " "
        + d.message()
        + " / "
        + d.primary().text()
        + help;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/syntax-errors.txt", delimiterString = " => ", quoteCharacter = '\0')
  void eachMistakeIsNamed(String source, String expected) {
    String text = source.replace("⏎", "\n").replace("∅", "");
    assertEquals(expected, lines(ExampleFiles.diagnostics(text)));
  }

  @Test
  void threeMistakesInThreeDeclarationsAreThreeErrors() {
    Diagnostics diagnostics = new Diagnostics();
    String text =
        """
        flowexp 1
        param a : int = 3
        let b = (1 + 2
        system s = analytic {
          dim = 12
          data = 3
        let c = 3
        sweep s of e { a in }
        mask m = every(2)
        """;
    Document document = Parser.parse(new SourceFile("test.flowexp", text), diagnostics);
    assertEquals(
        List.of("FX0102", "FX0102", "FX0101"),
        diagnostics.inFileOrder().stream().map(Diagnostic::code).toList());
    assertEquals(3, document.declarations().size());
  }

  @Test
  void theBracketLeftOpenIsFoundByTheIndentation() {
    String text =
        """
        flowexp 1
        schedule train {
          phase one {
            steps = 3
          phase two {
            steps = 4
          }
        }
        """;
    Diagnostic found = ExampleFiles.diagnostics(text).get(0);
    assertEquals("FX0102", found.code());
    assertEquals(3, found.primary().span().startPosition().line());
  }

  @Test
  void nestingIsLimitedWhateverNests() {
    for (String deep :
        List.of(
            "(".repeat(10_000) + "a" + ")".repeat(10_000),
            "[".repeat(10_000) + "a" + "]".repeat(10_000),
            "f(".repeat(10_000) + "a" + ")".repeat(10_000),
            "x { a = ".repeat(10_000) + "a" + "}".repeat(10_000),
            "-".repeat(10_000) + "a",
            "not ".repeat(10_000) + "a",
            "a^".repeat(10_000) + "a",
            "a + ".repeat(10_000) + "a",
            "a >> ".repeat(10_000) + "a",
            "a" + ".a".repeat(10_000),
            "a" + "()".repeat(10_000),
            "a" + "[0]".repeat(10_000),
            "a" + " with {}".repeat(10_000),
            "5 nm" + "/nm".repeat(10_000),
            "if a then b else ".repeat(10_000) + "a",
            "if ".repeat(10_000) + "a")) {
      List<Diagnostic> found = ExampleFiles.diagnostics("flowexp 1\nlet a = " + deep);
      assertEquals(List.of("FX0107"), found.stream().map(Diagnostic::code).toList());
    }
  }

  @Test
  void whatIsJustWithinTheLimitIsParsed() {
    String deep = "f(".repeat(100) + "a" + ")".repeat(100);
    ExampleFiles.parsed("flowexp 1\nlet a = " + deep);
    ExampleFiles.parsed("flowexp 1\nlet a = " + "a + ".repeat(255) + "a");
    ExampleFiles.parsed("flowexp 1\nlet a = [" + "a, ".repeat(10_000) + "a]");
    ExampleFiles.parsed("flowexp 1\nschedule s {" + "phase a { b = 1 }\n".repeat(1_000) + "}");
  }

  @Test
  void theMessageForDeepNestingIsExact() {
    Diagnostic found =
        ExampleFiles.diagnostics("flowexp 1\nlet a = " + "-".repeat(300) + "a").get(0);
    assertEquals(
        "FX0107 2:265 this is nested too deeply / more than 256 brackets and operators deep here"
            + " / name a part of it with `let`, `fn` or `data`",
        line(found));
  }

  @Test
  void aSingleValueIsCheckedToo() {
    assertEquals("FX0101 1:1 a value is missing / expected an expression", single(""));
    assertEquals("FX0101 1:6 unexpected `4` / expected an operator", single("1..3 4"));
    assertEquals("", single("[kl_z, l2]"));
    assertTrue(single("a b").startsWith("FX0101"));
  }

  private static String single(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.expression(new SourceFile("--set", text), diagnostics);
    return lines(diagnostics.inFileOrder());
  }
}

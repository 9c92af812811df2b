package org.flowexp.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.flowexp.parse.ExampleFiles;
import org.flowexp.syntax.Comment;
import org.flowexp.syntax.Document;
import org.flowexp.testing.TreeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatterTest {
  private static final String EXAMPLES = "org.flowexp.parse.ExampleFiles#names";

  private static String formatted(String text) {
    return Formatter.format(ExampleFiles.parsed(text));
  }

  private static void assertKept(String text) {
    String once = formatted(text);
    Document before = ExampleFiles.parsed(text);
    Document after = ExampleFiles.parsed(once);
    assertEquals(TreeText.of(before), TreeText.of(after));
    assertEquals(comments(before), comments(after));
    assertEquals(once, formatted(once));
  }

  private static List<String> comments(Document document) {
    return document.comments().stream().map(Comment::text).toList();
  }

  @ParameterizedTest
  @MethodSource(EXAMPLES)
  void formattingKeepsTreeAndCommentsAndIsIdempotent(String name) {
    assertKept(ExampleFiles.text(name));
  }

  /** A comment and a line break wherever there is room for one. */
  @ParameterizedTest
  @MethodSource(EXAMPLES)
  void commentsSurviveAtEveryPlace(String name) {
    String text = ExampleFiles.text(name);
    Document document = ExampleFiles.parsed(text);
    int tried = 0;
    for (int i = 0, seen = 0; i < text.length(); i++) {
      boolean room = text.charAt(i) == ' ' || text.charAt(i) == '(' || text.charAt(i) == ',';
      if (room && seen++ % 13 == 0) {
        String changed = text.substring(0, i + 1) + "#!\n" + text.substring(i + 1);
        if (isSameDocument(document, changed)) {
          assertKept(changed);
          tried++;
        }
      }
    }
    assertTrue(tried > 25, "places tried: " + tried);
  }

  /** Inside a string or before a unit a comment changes the meaning; such places do not count. */
  private static boolean isSameDocument(Document document, String changed) {
    try {
      return TreeText.of(document).equals(TreeText.of(ExampleFiles.parsed(changed)));
    } catch (AssertionError notValid) {
      return false;
    }
  }

  @Test
  void theExamplesAreNearlyUnchanged() {
    assertEquals(ExampleFiles.text("butane"), formatted(ExampleFiles.text("butane")));
    String wells = ExampleFiles.text("double_well_12d");
    String unaligned = wells.replaceAll("(?m)^(  \\w+) += ", "$1 = ");
    assertEquals(unaligned, formatted(wells));
  }

  @Test
  void longLinesAreOpenedAtTheirOutermostBracket() {
    String field = "field_with_a_long_name = value_with_a_long_name";
    String text = "flowexp 1\nlet a = thing { " + (field + ", ").repeat(2) + field + " }\n";
    String opened = "\n  " + field;
    assertEquals("flowexp 1\n\nlet a = thing {" + opened.repeat(3) + "\n}\n", formatted(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flowexp 1",
        "# only\n\n\n# comments\nflowexp 1\n\n\n\n# here\n",
        "flowexp 1\r\nlet a = 1\r\n\r\n\r\nlet b = 2\r\n",
        "flowexp 1 let a = 1 let b = 2",
        "flowexp 1\nlet a = 1 # c\r# d\nlet b = 2",
        "flowexp # x\n 1\nlet a = 1",
        "\uFEFFflowexp 1\nlet a = 1",
        "flowexp 1\nparam a : # c\n loss = l2",
        "flowexp 1\nparam a : # c\n int = 2",
        "flowexp 1\nlet a = 3 nm^ # c\n - 2",
        "flowexp 1\nlet a = b. # c\n data",
        "flowexp 1\nimport \"a\" # c\n as # d\n b",
        "flowexp 1\nsweep s # c\n of # d\n e # e\n { # f\n a # g\n in # h\n b # i\n }",
      })
  void oddLayoutsAreKept(String text) {
    assertKept(text);
  }
}

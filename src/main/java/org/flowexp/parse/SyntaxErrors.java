package org.flowexp.parse;

import java.util.List;
import java.util.Optional;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.source.Span;

/** What can be wrong with the form of a file, {@code FX01xx}, in the words of the language. */
final class SyntaxErrors {
  private SyntaxErrors() {}

  static Diagnostic unexpected(Span span, String expected) {
    return Diagnostic.error("FX0101", "unexpected `" + shown(span) + "`", span, expected);
  }

  static Diagnostic unfinished(Span last, String expected) {
    return Diagnostic.error(
        "FX0101", "this declaration breaks off after `" + shown(last) + "`", last, expected);
  }

  static Diagnostic importTurnedAround(Span span) {
    return Diagnostic.error(
            "FX0101", "unexpected `" + shown(span) + "`", span, "expected a declaration")
        .help("the file comes first: `import \"std/losses\" { kl_x, l2 }`");
  }

  static Diagnostic noDeclaration(Span span) {
    return Diagnostic.error(
            "FX0101", "unexpected `" + shown(span) + "`", span, "expected a declaration")
        .help(
            Words.ofOtherLanguages(span.text())
                .or(() -> NearestName.question(span.text(), Words.DECLARATIONS))
                .or(() -> Optional.of("declarations begin with " + listed(Words.DECLARATIONS))));
  }

  static Diagnostic noValue(Span span) {
    return Diagnostic.error("FX0101", "a value is missing", span, "expected an expression");
  }

  static Diagnostic valueWithoutKind(Span name) {
    return Diagnostic.error(
            "FX0101", "unexpected `" + shown(name) + "`", name, "expected a declaration")
        .help("to name a value write `let " + shown(name) + " = …`");
  }

  static Diagnostic outside(Span span, String home) {
    return Diagnostic.error(
            "FX0101", "`" + span.text() + "` stands outside its block", span, "not a declaration")
        .help("move it into " + home);
  }

  static Diagnostic unclosedBracket(Span opener, String open, String close, Span where) {
    return Diagnostic.error("FX0102", "`" + open + "` is never closed", opener, "opened here")
        .also(where, "`" + close + "` was expected here at the latest");
  }

  static Diagnostic closesNothing(Span span, String bracket) {
    return Diagnostic.error(
        "FX0102", "`" + bracket + "` closes nothing", span, "no bracket is open here");
  }

  static Diagnostic missingComma(Span next) {
    return Diagnostic.error(
            "FX0103", "a comma is missing before `" + shown(next) + "`", next, "the next entry")
        .help("write a comma between entries");
  }

  static Diagnostic unclosedString(Span span) {
    return Diagnostic.error(
            "FX0104",
            "this string is not closed",
            new Span(span.file(), span.start(), span.start() + 1),
            "opened here")
        .help("close it with `\"` on the same line; `\\\"` stands for a quote in a string");
  }

  static Diagnostic unknownCharacter(Span span) {
    boolean one = span.text().codePointCount(0, span.text().length()) == 1;
    return Diagnostic.error(
            "FX0105",
            "`" + shown(span) + "` is not part of the language",
            span,
            one ? "this character has no meaning here" : "these characters have no meaning here")
        .help(replacement(span.text()));
  }

  static Diagnostic noHeader(Span span) {
    return Diagnostic.error(
            "FX0106", "the file does not begin with its version", span, "`flowexp 1` expected")
        .help("write `flowexp 1` on the first line");
  }

  static Diagnostic unknownVersion(Span span) {
    return Diagnostic.error(
        "FX0106",
        "version " + shown(span) + " of the language is not known",
        span,
        "this program knows version 1");
  }

  static Diagnostic tooDeep(Span span, int limit) {
    return Diagnostic.error(
            "FX0107",
            "this is nested too deeply",
            span,
            "more than " + limit + " brackets and operators deep here")
        .help("name a part of it with `let`, `fn` or `data`");
  }

  static Diagnostic reserved(Span span) {
    return Diagnostic.error(
            "FX0108",
            "`" + span.text() + "` is a word of the language",
            span,
            "it cannot be used as a name here")
        .help("choose another name, such as `" + span.text() + "_`");
  }

  static Diagnostic badNumber(Span span, String way) {
    return Diagnostic.error(
            "FX0109", "`" + shown(span) + "` is not a number", span, "cannot be read as a number")
        .help(way);
  }

  static Diagnostic noExponent(Span span) {
    return badNumber(span, "write digits after the `e`, or a space before it if it is the unit");
  }

  static Diagnostic claimWithoutConfidence(Span last) {
    return Diagnostic.error(
            "FX0101", "this claim names no confidence", last, "expected `with confidence` after it")
        .help("write for example `with confidence 95 %`");
  }

  static Diagnostic numberTooLarge(Span span) {
    return Diagnostic.error(
        "FX0109",
        "`" + shown(span) + "` is too large for a number",
        span,
        "the largest is about 1.8e308");
  }

  static Diagnostic assignmentInExpression(Span span) {
    return Diagnostic.error("FX0110", "`=` does not compare", span, "an operator expected")
        .help("write `==` to compare");
  }

  static Diagnostic comparisonInsteadOfAssignment(Span span) {
    return Diagnostic.error("FX0110", "`==` gives no value", span, "`=` expected")
        .help("write `=` to give a value; `==` compares");
  }

  static Diagnostic unknownEscape(Span span) {
    return Diagnostic.error(
            "FX0111", "`" + shown(span) + "` is not an escape", span, "unknown escape")
        .help("a string knows `\\\"`, `\\\\`, `\\n`, `\\t`, `\\r` and `\\u` with four hex digits");
  }

  static Diagnostic powerOfUnit(Span span, int largest) {
    return Diagnostic.error(
        "FX0112",
        "`" + shown(span) + "` is no power of a unit",
        span,
        "a whole number up to " + largest + " expected");
  }

  private static Optional<String> replacement(String characters) {
    return switch (characters) {
      case ";" -> Optional.of("a comma or a new line ends an entry");
      case "'", "\u201C", "\u201D", "\u2018", "\u2019" ->
          Optional.of("strings stand in double quotes: `\"…\"`");
      case "?" -> Optional.of(Hints.CHOICE);
      case "&", "&&" -> Optional.of("write `and`");
      case "|", "||" -> Optional.of("write `or`");
      case "!" -> Optional.of("write `not`");
      case "\u00B0" -> Optional.of("write the unit `deg`");
      case "\u00D7", "\u00B7" -> Optional.of("write `*`");
      case "\u2212", "\u2013" -> Optional.of("write `-`");
      case "\u2264" -> Optional.of("write `<=`");
      case "\u2265" -> Optional.of("write `>=`");
      case "\u2260" -> Optional.of("write `!=`");
      case "\u2192" -> Optional.of("write `->`");
      case "\u00A0" -> Optional.of("this is a no-break space: write an ordinary one");
      default -> Optional.empty();
    };
  }

  private static String listed(List<String> words) {
    String last = words.get(words.size() - 1);
    return "`" + String.join("`, `", words.subList(0, words.size() - 1)) + "` or `" + last + "`";
  }

  /** The text of a span as one short line; what cannot be seen is written as its number. */
  private static String shown(Span span) {
    StringBuilder line = new StringBuilder();
    int[] points = span.text().codePoints().limit(31).toArray();
    for (int i = 0; i < points.length; i++) {
      if (i == 30) {
        return line.append('…').toString();
      }
      int type = Character.getType(points[i]);
      boolean visible =
          points[i] == ' '
              || !(Character.isISOControl(points[i])
                  || Character.isWhitespace(points[i])
                  || Character.isSpaceChar(points[i])
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.UNASSIGNED
                  || type == Character.PRIVATE_USE);
      line.append(visible ? Character.toString(points[i]) : String.format("U+%04X", points[i]));
    }
    return line.toString();
  }
}

package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a text that need not parse: what is being written seldom does.
 *
 * @param start offset in the text
 */
record Token(String text, int start) {
  private static final Pattern WORDS =
      Pattern.compile(
          "#[^\\n]*"
              + "|\"(?:[^\"\\\\\\n]|\\\\.)*\"?"
              + "|[\\p{L}_][\\p{L}\\p{N}_]*"
              + "|\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:[eE][+-]?\\d+)?"
              + "|\\.\\.|->|>>|[<>=!]=|\\S");
  private static final Set<String> JOINING =
      Set.of("and", "or", "not", "if", "then", "else", "in", "of", "extends", "on", "where", "for");

  static List<Token> of(String text, int end) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = WORDS.matcher(text).region(0, end);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start()));
    }
    return tokens;
  }

  int end() {
    return start + text.length();
  }

  boolean is(String word) {
    return text.equals(word);
  }

  boolean isName() {
    return Character.isLetter(text.codePointAt(0)) || text.charAt(0) == '_';
  }

  boolean isNumber() {
    return Character.isDigit(text.charAt(0));
  }

  boolean isComment() {
    return text.charAt(0) == '#';
  }

  boolean isString() {
    return text.charAt(0) == '"';
  }

  /** True of a string that ends before its closing quote. */
  boolean isOpenString() {
    return isString() && (text.length() == 1 || !text.endsWith("\""));
  }

  /** True if something must follow on the next line. */
  boolean joins() {
    return JOINING.contains(text)
        || (!isName() && !isNumber() && !isString() && !")]},%".contains(text));
  }
}

package org.flowexp.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpLexer;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Comment;

/**
 * The words of a file. Token positions count UTF-16 units, as spans do.
 *
 * @param tokens without comments and without the end of the file
 * @param faults where a character or an unclosed string has been reported, in file order
 * @param swallowed words in unclosed strings, which may have been meant as names
 */
record Scan(
    SourceFile file,
    List<Token> tokens,
    List<Comment> comments,
    List<Integer> faults,
    List<String> swallowed) {

  static Scan of(SourceFile file, Diagnostics diagnostics) {
    return of(file, file.text(), diagnostics);
  }

  /** Of a part of a file alone, at its own place. */
  static Scan of(Span part, Diagnostics diagnostics) {
    return of(part.file(), " ".repeat(part.start()) + part.text(), diagnostics);
  }

  private static Scan of(SourceFile file, String read, Diagnostics diagnostics) {
    String text = wellFormed(read);
    FlowExpLexer lexer = new FlowExpLexer(CharStreams.fromString(text, file.name()));
    lexer.removeErrorListeners();
    int[] offsets = utf16Offsets(text);
    List<Token> tokens = new ArrayList<>();
    List<Comment> comments = new ArrayList<>();
    List<Integer> faults = new ArrayList<>();
    List<String> swallowed = new ArrayList<>();
    Unknowns unknowns = new Unknowns(file, diagnostics);
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      inUtf16((CommonToken) token, offsets);
      switch (token.getType()) {
        case FlowExpLexer.COMMENT -> comments.add(comment(file, token));
        case FlowExpLexer.UNKNOWN -> {
          unknowns.meet(token);
          faults.add(token.getStartIndex());
        }
        case FlowExpLexer.UNCLOSED -> {
          diagnostics.add(SyntaxErrors.unclosedString(span(file, token)));
          faults.add(token.getStartIndex());
          swallowed.addAll(List.of(token.getText().split("\\W+")));
          ((CommonToken) token).setType(FlowExpLexer.STRING);
          tokens.add(token);
        }
        default -> tokens.add(token);
      }
    }
    unknowns.report();
    return new Scan(file, tokens, comments, faults, swallowed);
  }

  Span span(Token token) {
    return span(file, token);
  }

  /** Has something been reported between two offsets? */
  boolean hasFault(int start, int end) {
    int index = Collections.binarySearch(faults, start);
    int next = index >= 0 ? index : -index - 1;
    return next < faults.size() && faults.get(next) < end;
  }

  static Span span(SourceFile file, Token token) {
    return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
  }

  private static Comment comment(SourceFile file, Token token) {
    return new Comment(token.getText().stripTrailing(), span(file, token));
  }

  /** Half a surrogate pair is no character; the replacement has the same length. */
  private static String wellFormed(String text) {
    StringBuilder mended = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended.toString();
  }

  /** Where each code point begins; empty if every code point is one unit. */
  private static int[] utf16Offsets(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return new int[0];
    }
    int[] offsets = new int[count + 1];
    int offset = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = offset;
      offset += Character.charCount(text.codePointAt(offset));
    }
    offsets[count] = offset;
    return offsets;
  }

  private static void inUtf16(CommonToken token, int[] offsets) {
    if (offsets.length > 0) {
      token.setText(token.getText());
      int end = offsets[token.getStopIndex() + 1];
      token.setStartIndex(offsets[token.getStartIndex()]);
      token.setStopIndex(end - 1);
    }
  }

  /** Neighbouring unknown characters are one mistake, and so are the two ends of a string. */
  private static final class Unknowns {
    private static final Set<String> QUOTES = Set.of("'", "\u201C", "\u201D", "\u2018", "\u2019");

    private final SourceFile file;
    private final Diagnostics diagnostics;
    private int quoteLine = -1;
    private int start = -1;
    private int end = -1;

    Unknowns(SourceFile file, Diagnostics diagnostics) {
      this.file = file;
      this.diagnostics = diagnostics;
    }

    void meet(Token token) {
      boolean quote = QUOTES.contains(token.getText());
      if (quote && token.getLine() == quoteLine) {
        quoteLine = -1;
        return;
      }
      quoteLine = quote ? token.getLine() : quoteLine;
      if (token.getStartIndex() != end) {
        report();
        start = token.getStartIndex();
      }
      end = token.getStopIndex() + 1;
    }

    void report() {
      if (start >= 0) {
        diagnostics.add(SyntaxErrors.unknownCharacter(new Span(file, start, end)));
      }
    }
  }
}

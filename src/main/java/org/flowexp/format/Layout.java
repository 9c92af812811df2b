package org.flowexp.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.syntax.Comment;

/**
 * Puts pieces and comments on lines. Lines break where the source breaks and where they must; the
 * indentation follows from the brackets.
 */
final class Layout {
  private static final int STEP = 2;

  private final String source;
  private final List<Piece> pieces;
  private final List<Comment> comments;
  private final Set<Integer> broken;
  private final List<TextLine> lines = new ArrayList<>();
  private final Deque<Level> open = new ArrayDeque<>();
  private int nextComment;
  private int lastEnd;
  private boolean afterOpener = true;

  /**
   * @param broken the opening brackets whose entries each stand on a line of their own
   */
  Layout(String source, List<Piece> pieces, List<Comment> comments, Set<Integer> broken) {
    this.source = source;
    this.pieces = pieces;
    this.comments = comments;
    this.broken = broken;
  }

  /** A bracket that is open. */
  private static final class Level {
    private final int opener;
    private final int indent;
    private final boolean eachOnALine;
    private boolean multiLine;

    Level(int opener, int indent, boolean eachOnALine) {
      this.opener = opener;
      this.indent = indent;
      this.eachOnALine = eachOnALine;
    }
  }

  List<TextLine> lines() {
    for (int i = 0; i < pieces.size(); i++) {
      piece(i);
    }
    comments(Integer.MAX_VALUE, inside());
    return lines;
  }

  private void piece(int index) {
    Piece piece = pieces.get(index);
    if (piece.separator() == Piece.Separator.COMMA) {
      line().append(",");
    }
    boolean commented = piece.placed() && comments(piece.start(), inside());
    boolean first = afterOpener;
    boolean begins = commented || lines.isEmpty() || begins(piece);
    if (begins && first && !open.isEmpty() && !piece.closes()) {
      open.peek().multiLine = true;
    }
    if (begins) {
      blankLine(piece);
      lines.add(new TextLine(indent(piece)));
    } else {
      if (piece.separator() == Piece.Separator.COMMA_OR_LINE) {
        line().append(",");
      }
      line().append(piece.gap() == Piece.Gap.SPACE ? " " : "");
    }
    line().append(piece.text());
    brackets(index, piece);
    if (piece.placed()) {
      lastEnd = piece.end();
    }
  }

  private void brackets(int index, Piece piece) {
    afterOpener = piece.opens();
    if (piece.opens()) {
      line().opener(index);
      open.push(new Level(index, line().indent(), broken.contains(index)));
    } else if (piece.closes()) {
      line().closer(open.pop().opener);
    }
  }

  private boolean begins(Piece piece) {
    if (piece.closes()) {
      return open.peek().multiLine;
    }
    boolean entryOfBroken =
        piece.place() == Piece.Place.ENTRY && !open.isEmpty() && open.peek().eachOnALine;
    return entryOfBroken
        || switch (piece.line()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AS_WRITTEN -> piece.placed() && breaksBefore(piece.start()) > 0;
        };
  }

  private int indent(Piece piece) {
    if (piece.closes()) {
      return open.peek().indent;
    }
    return inside() + (piece.place() == Piece.Place.ENTRY ? 0 : STEP);
  }

  private int inside() {
    return open.isEmpty() ? 0 : open.peek().indent + STEP;
  }

  private void blankLine(Piece piece) {
    boolean wanted =
        piece.placed()
            && piece.place() == Piece.Place.ENTRY
            && !afterOpener
            && breaksBefore(piece.start()) > 1;
    blankLine(wanted);
  }

  /** The first line, with the version, stands by itself. */
  private void blankLine(boolean wanted) {
    boolean afterVersion = lines.size() > 0 && line().text().startsWith(Formatter.VERSION_WORD);
    if (wanted || (afterVersion && open.isEmpty())) {
      lines.add(new TextLine(0));
    }
  }

  /** Line breaks in the source between what was written last and an offset. */
  private int breaksBefore(int offset) {
    int count = 0;
    for (int i = lastEnd; i < offset; i++) {
      char c = source.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == source.length() || source.charAt(i + 1) != '\n'))) {
        count++;
      }
    }
    return count;
  }

  /** Writes the comments before an offset. Whatever follows a comment begins a line. */
  private boolean comments(int offset, int indent) {
    boolean any = false;
    while (nextComment < comments.size() && comments.get(nextComment).span().start() < offset) {
      Comment comment = comments.get(nextComment);
      boolean trailing = !any && !lines.isEmpty() && breaksBefore(comment.span().start()) == 0;
      if (trailing) {
        line().comment(comment.text());
      } else {
        boolean blank = !lines.isEmpty() && (any || !afterOpener);
        blankLine(blank && breaksBefore(comment.span().start()) > 1);
        TextLine own = new TextLine(indent);
        own.comment(comment.text());
        lines.add(own);
      }
      if (afterOpener && !open.isEmpty()) {
        open.peek().multiLine = true;
      }
      lastEnd = Math.max(lastEnd, comment.span().end());
      nextComment++;
      any = true;
    }
    if (any) {
      afterOpener = false;
    }
    return any;
  }

  private TextLine line() {
    return lines.get(lines.size() - 1);
  }

  /** A line and the brackets on it. */
  static final class TextLine {
    private final int indent;
    private final StringBuilder code = new StringBuilder();
    private String comment = "";
    private final Map<Integer, Integer> openers = new LinkedHashMap<>();
    private final Map<Integer, Integer> widths = new HashMap<>();

    TextLine(int indent) {
      this.indent = indent;
    }

    int indent() {
      return indent;
    }

    void append(String text) {
      code.append(text);
    }

    void comment(String text) {
      comment = text;
    }

    void opener(int index) {
      openers.put(index, code.length());
    }

    void closer(int opener) {
      Optional.ofNullable(openers.get(opener))
          .ifPresent(start -> widths.put(opener, code.length() - start));
    }

    int width() {
      return indent + code.codePointCount(0, code.length());
    }

    /** The widest bracket that opens and closes here. */
    Optional<Integer> breakable(Set<Integer> already) {
      return openers.keySet().stream()
          .filter(o -> widths.containsKey(o) && !already.contains(o))
          .max(Comparator.comparingInt((Integer o) -> widths.getOrDefault(o, 0)));
    }

    String text() {
      String gap = code.length() == 0 || comment.isEmpty() ? "" : "  ";
      String content = code + gap + comment;
      return content.isEmpty() ? "" : " ".repeat(indent) + content;
    }
  }
}

package org.flowexp.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flowexp.format.Piece.Bracket;
import org.flowexp.format.Piece.Gap;
import org.flowexp.format.Piece.Line;
import org.flowexp.format.Piece.Place;
import org.flowexp.format.Piece.Separator;
import org.flowexp.source.Span;
import org.flowexp.syntax.Name;

/** Collects pieces; the next one may have been announced as the beginning of an entry. */
final class Pieces {
  private final List<Piece> pieces = new ArrayList<>();
  private boolean entry;
  private Separator separator = Separator.NONE;
  private Line line = Line.AS_WRITTEN;

  List<Piece> all() {
    return pieces;
  }

  /** What comes next begins an entry. */
  void entry(Separator before, Line beginsLine) {
    entry = true;
    separator = before;
    line = beginsLine;
  }

  /** A word the tree does not place; it stays where it is put. */
  void word(Gap gap, String text) {
    add(text, -1, -1, gap, Line.NEVER, Bracket.NONE);
  }

  void placed(Gap gap, Span span, String text) {
    add(text, span.start(), span.end(), gap, Line.AS_WRITTEN, Bracket.NONE);
  }

  /** Like {@link #placed}, but never at the beginning of a line unless it begins an entry. */
  void attached(Gap gap, Span span, String text) {
    add(text, span.start(), span.end(), gap, Line.NEVER, Bracket.NONE);
  }

  void attached(Gap gap, Name name) {
    attached(gap, name.span(), name.text());
  }

  /** The tree does not place an operator, but nothing else and comments stand beside it. */
  void operator(Gap gap, Span left, Span right, String text) {
    int start = skipBlank(left.file().text(), left.end(), right.start());
    add(text, start, start + text.length(), gap, Line.AS_WRITTEN, Bracket.NONE);
  }

  private static int skipBlank(String text, int from, int to) {
    int i = from;
    while (i < to && (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == '#')) {
      if (text.charAt(i) == '#') {
        while (i < to && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
          i++;
        }
      } else {
        i++;
      }
    }
    return i;
  }

  void open(Gap gap, String text) {
    add(text, -1, -1, gap, Line.NEVER, Bracket.OPEN);
  }

  void open(Gap gap, Span span, String text, Line begins) {
    add(text, span.start(), span.start() + 1, gap, begins, Bracket.OPEN);
  }

  void close(Gap gap, Span span, String text) {
    add(text, span.end() - 1, span.end(), gap, Line.NEVER, Bracket.CLOSE);
  }

  /** A closing bracket the tree does not place; only comments stand between. */
  void closeAfter(Span last, String text) {
    String source = last.file().text();
    int start = skipBlank(source, last.end(), source.length());
    add(text, start, start + 1, Gap.TIGHT, Line.NEVER, Bracket.CLOSE);
  }

  /** Entries one after the other, with commas between them. */
  <T> void list(List<T> entries, Separator between, Consumer<T> each) {
    Separator before = Separator.NONE;
    for (T one : entries) {
      entry(before, Line.AS_WRITTEN);
      each.accept(one);
      before = between;
    }
  }

  private void add(String text, int start, int end, Gap gap, Line otherwise, Bracket bracket) {
    Place place = entry ? Place.ENTRY : Place.CONTINUATION;
    pieces.add(
        new Piece(text, start, end, gap, place, separator, entry ? line : otherwise, bracket));
    entry = false;
    separator = Separator.NONE;
  }
}

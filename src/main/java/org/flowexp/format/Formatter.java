package org.flowexp.format;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowexp.format.Piece.Gap;
import org.flowexp.format.Piece.Line;
import org.flowexp.format.Piece.Separator;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;

/** The one layout of a file. */
public final class Formatter {
  static final String VERSION_WORD = "flowexp ";
  private static final int WIDEST = 120;

  private Formatter() {}

  /**
   * Spaces, indentation, commas and blank lines are ours; where a line breaks inside a declaration
   * is the author's choice, unless the line grows beyond 120 columns: then the outermost bracket on
   * it is opened up, one entry a line. Comments keep their places, and formatting twice changes
   * nothing more. The document must have been parsed without errors: what was left out of it would
   * be missing.
   */
  public static String format(Document document) {
    Pieces pieces = new Pieces();
    header(document, pieces);
    DeclarationPieces declarations = new DeclarationPieces(pieces);
    for (Declaration declaration : document.declarations()) {
      declarations.write(declaration);
    }
    Set<Integer> broken = new HashSet<>();
    List<Layout.TextLine> lines;
    do {
      lines = new Layout(document.file().text(), pieces.all(), document.comments(), broken).lines();
    } while (breakLongLines(lines, pieces.all(), broken));
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  private static void header(Document document, Pieces pieces) {
    Span version = document.versionSpan();
    int start = Math.max(0, document.file().text().lastIndexOf("flowexp", version.start()));
    pieces.entry(Separator.NONE, Line.ALWAYS);
    pieces.placed(
        Gap.TIGHT, new Span(document.file(), start, version.end()), VERSION_WORD + version.text());
  }

  private static boolean breakLongLines(
      List<Layout.TextLine> lines, List<Piece> pieces, Set<Integer> broken) {
    boolean changed = false;
    for (Layout.TextLine line : lines) {
      if (line.width() > WIDEST) {
        Optional<Integer> opener =
            line.breakable(broken).filter(index -> !pieces.get(index + 1).closes());
        changed |= opener.isPresent() && broken.add(opener.get());
      }
    }
    return changed;
  }
}

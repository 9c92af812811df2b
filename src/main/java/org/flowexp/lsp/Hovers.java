package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.flowexp.source.Span;
import org.flowexp.syntax.Comment;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;

/** What a name means: its type, unit and value, its formula, or the page of a word. */
final class Hovers {
  private static final int MOST_LINES = 16;

  private Hovers() {}

  static Optional<Hover> at(Reading reading, int offset) {
    return reading
        .occurrences()
        .at(offset)
        .flatMap(o -> page(reading, o).map(text -> hover(text, o.span())))
        .or(() -> ofWord(reading, offset));
  }

  private static Hover hover(String text, Span span) {
    return new Hover(new MarkupContent(MarkupKind.MARKDOWN, text), Places.range(span));
  }

  /** A word that has not been parsed, or one of the grammar. */
  private static Optional<Hover> ofWord(Reading reading, int offset) {
    String text = reading.source().text();
    int start = offset;
    int end = offset;
    while (start > 0 && Character.isUnicodeIdentifierPart(text.charAt(start - 1))) {
      start--;
    }
    while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
      end++;
    }
    Span span = new Span(reading.source(), start, end);
    boolean inComment =
        reading.document().comments().stream().anyMatch(comment -> comment.span().holds(span));
    if (start == end || inComment) {
      return Optional.empty();
    }
    return reading
        .exploration()
        .declaration(span.text())
        .map(named -> declared(reading, named, span))
        .or(() -> WordPages.page(span.text()))
        .map(page -> hover(page, span));
  }

  private static Optional<String> page(Reading reading, Occurrence o) {
    if (o.meant() instanceof Meant.Declared declared) {
      return Optional.of(
          declared
              .declaration()
              .map(named -> declared(reading, named, o.span()))
              .orElse("`" + o.span().text() + "`: an argument or a running index"));
    }
    if (o.meant() instanceof Meant.Word word) {
      return WordPages.page(word.name());
    }
    if (o.meant() instanceof Meant.FieldOf of) {
      return WordPages.field(of.word(), of.field()).map(f -> WordPages.page(of.word(), f));
    }
    if (o.meant() instanceof Meant.Unit unit) {
      return WordPages.unit(unit.symbol());
    }
    if (o.meant() instanceof Meant.Text file) {
      return Optional.of("the file `" + file.file().name() + "`");
    }
    return member(reading, o);
  }

  private static Optional<String> member(Reading reading, Occurrence o) {
    List<Expression.Member> here = new ArrayList<>();
    Nodes.of(reading.document())
        .forEach(
            node -> {
              if (node instanceof Expression.Member member
                  && member.name().span().equals(o.span())) {
                here.add(member);
              }
            });
    if (here.isEmpty()) {
      return Optional.empty();
    }
    List<String> meaning = reading.exploration().meaning(here.get(0));
    String value = "`" + here.get(0).span().text() + "`: " + String.join(", ", meaning);
    return meaning.isEmpty() ? WordPages.page(o.span().text()) : Optional.of(value);
  }

  private static String declared(Reading reading, Declaration.Named named, Span use) {
    StringBuilder text = new StringBuilder(WordPages.code(shortened(named.span().text())));
    List<String> meaning = reading.exploration().meaning(named, use);
    if (!meaning.isEmpty()) {
      text.append("\n\n").append(String.join(", ", meaning));
    }
    comment(reading, named).ifPresent(line -> text.append("\n\n").append(line));
    if (!named.span().file().name().equals(reading.source().name())) {
      text.append("\n\n*").append(named.span().file().name()).append('*');
    }
    return text.toString();
  }

  private static String shortened(String text) {
    List<String> lines = text.lines().toList();
    return lines.size() <= MOST_LINES
        ? text
        : String.join("\n", lines.subList(0, MOST_LINES)) + "\n…";
  }

  /** The comment lines right above a declaration, or the one beside it. */
  private static Optional<String> comment(Reading reading, Declaration.Named named) {
    Document document =
        named.span().file().name().equals(reading.source().name())
            ? reading.document()
            : reading.exploration().imports().values().stream()
                .map(foreign -> foreign.file())
                .filter(file -> file.file().name().equals(named.span().file().name()))
                .findFirst()
                .orElse(reading.document());
    int line = named.span().startPosition().line();
    int last = named.span().endPosition().line();
    List<String> above = new ArrayList<>();
    List<Comment> comments = document.comments();
    for (int i = comments.size() - 1; i >= 0; i--) {
      Comment comment = comments.get(i);
      int at = comment.span().startPosition().line();
      if (at == last && comment.span().start() >= named.span().end()) {
        return Optional.of(plain(comment));
      }
      if (at == line - 1 - above.size() && comment.span().startPosition().column() == 1) {
        above.add(0, plain(comment));
      }
    }
    return above.isEmpty() ? Optional.empty() : Optional.of(String.join("  \n", above));
  }

  private static String plain(Comment comment) {
    return comment.text().replaceFirst("^#+ *", "");
  }
}

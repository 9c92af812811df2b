package org.flowexp.lsp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be written at a place, read off the words before it.
 *
 * @param prefix what has been written of the word at the place
 * @param owner the word whose field stands here; of {@code value with} the value, after a tilde
 * @param field the field or argument whose value stands here, or of a member the text before the
 *     dot
 * @param given the fields that are there already
 */
record CursorSite(Place place, String prefix, String owner, String field, Set<String> given) {

  /** Kinds of places. */
  enum Place {
    NOTHING,
    DECLARATION,
    SOURCE,
    TYPE,
    FIELD,
    VALUE,
    UNIT,
    MEMBER,
    IMPORT_PATH,
    IMPORT_NAME
  }

  static final Set<String> DECLARATIONS =
      Set.of(
          "import",
          "param",
          "let",
          "fn",
          "system",
          "observable",
          "mask",
          "sampler",
          "data",
          "architecture",
          "loss",
          "metric",
          "schedule",
          "experiment",
          "sweep",
          "profile");

  CursorSite {
    given = Set.copyOf(given);
  }

  static CursorSite of(String text, int offset) {
    List<Token> tokens = new ArrayList<>(Token.of(text, offset));
    String prefix = "";
    if (!tokens.isEmpty()) {
      Token last = tokens.get(tokens.size() - 1);
      if (last.isComment() && last.end() == offset) {
        return plain(Place.NOTHING, "");
      }
      if (last.isOpenString()) {
        boolean path = tokens.size() > 1 && tokens.get(tokens.size() - 2).is("import");
        return plain(path ? Place.IMPORT_PATH : Place.NOTHING, last.text().substring(1));
      }
      if (last.isName() && last.end() == offset) {
        prefix = last.text();
        tokens.remove(tokens.size() - 1);
      }
    }
    tokens.removeIf(Token::isComment);
    return new Walk(text, tokens, offset - prefix.length(), prefix).site();
  }

  private static CursorSite plain(Place place, String prefix) {
    return new CursorSite(place, prefix, "", "", Set.of());
  }

  /** The words before a place. */
  private record Walk(String text, List<Token> tokens, int here, String prefix) {

    CursorSite site() {
      if (tokens.isEmpty()) {
        return plain(Place.DECLARATION, prefix);
      }
      Token before = tokens.get(tokens.size() - 1);
      boolean newLine = text.substring(before.end(), here).contains("\n");
      if ((!newLine && before.end() < here && before.isNumber()) || inUnit()) {
        return plain(Place.UNIT, prefix);
      }
      if (before.is(".")) {
        return new CursorSite(Place.MEMBER, prefix, "", chain(), Set.of());
      }
      int head = head();
      Deque<Integer> open = open(head);
      if (open.isEmpty()) {
        return atTop(head, before, newLine);
      }
      int opener = open.peek();
      if (tokens.get(opener).is("{")) {
        return inBlock(opener, before, newLine);
      }
      String called = opener > 0 && tokens.get(opener).is("(") ? tokens.get(opener - 1).text() : "";
      return new CursorSite(Place.VALUE, prefix, called, fieldBefore(opener), Set.of());
    }

    /** Tight after a slash of a unit. */
    private boolean inUnit() {
      int i = tokens.size() - 1;
      if (!tokens.get(i).is("/") || tokens.get(i).end() != here) {
        return false;
      }
      while (i >= 1 && tokens.get(i).is("/") && tokens.get(i - 1).end() == tokens.get(i).start()) {
        i--;
        while (i >= 1 && !tokens.get(i).isName() && !tokens.get(i).is("/")) {
          i--;
        }
        i--;
      }
      return i >= 0 && tokens.get(i).isNumber();
    }

    /** The text of what stands before the dot. */
    private String chain() {
      int i = tokens.size() - 2;
      int depth = 0;
      while (i >= 0) {
        Token token = tokens.get(i);
        depth += token.is(")") || token.is("]") ? 1 : token.is("(") || token.is("[") ? -1 : 0;
        boolean goesOn =
            i > 0
                && (depth > 0
                    || token.is("(")
                    || token.is("[")
                    || token.is(".")
                    || tokens.get(i - 1).is("."));
        if (!goesOn) {
          break;
        }
        i--;
      }
      return i < 0
          ? ""
          : text.substring(tokens.get(i).start(), tokens.get(tokens.size() - 1).start());
    }

    /** The first word of the declaration that the place is in. */
    private int head() {
      for (int i = tokens.size() - 1; i >= 0; i--) {
        Token token = tokens.get(i);
        boolean first = token.start() == 0 || text.charAt(token.start() - 1) == '\n';
        boolean begins = i + 1 == tokens.size() || !tokens.get(i + 1).is("=");
        if (first && begins && DECLARATIONS.contains(token.text())) {
          return i;
        }
      }
      return 0;
    }

    /** The brackets that are open, innermost first. */
    private Deque<Integer> open(int head) {
      Deque<Integer> open = new ArrayDeque<>();
      for (int i = head; i < tokens.size(); i++) {
        String word = tokens.get(i).text();
        if (word.equals("{") || word.equals("(") || word.equals("[")) {
          open.push(i);
        } else if ((word.equals("}") || word.equals(")") || word.equals("]")) && !open.isEmpty()) {
          open.pop();
        }
      }
      return open;
    }

    private CursorSite atTop(int head, Token before, boolean newLine) {
      if (newLine && !before.joins()) {
        return plain(Place.DECLARATION, prefix);
      }
      boolean valued = false;
      for (int i = head; i < tokens.size(); i++) {
        valued |= tokens.get(i).is("=");
      }
      if (valued || before.is("extends") || before.is("of")) {
        return new CursorSite(Place.VALUE, prefix, "", tokens.get(head).text(), Set.of());
      }
      if (before.is("on") && tokens.get(head).is("loss")) {
        return plain(Place.SOURCE, prefix);
      }
      return plain(
          before.is(":") && tokens.get(head).is("param") ? Place.TYPE : Place.NOTHING, prefix);
    }

    private CursorSite inBlock(int opener, Token before, boolean newLine) {
      String owner = owner(opener);
      if (owner.equals("import")) {
        String path = tokens.get(opener - 1).text();
        return new CursorSite(
            Place.IMPORT_NAME, prefix, path.substring(1, path.length() - 1), "", Set.of());
      }
      boolean fresh =
          before.equals(tokens.get(opener)) || before.is(",") || (newLine && !before.joins());
      return fresh
          ? new CursorSite(Place.FIELD, prefix, owner, "", given(opener))
          : new CursorSite(Place.VALUE, prefix, owner, fieldBefore(opener), Set.of());
    }

    private String owner(int opener) {
      if (opener == 0) {
        return "";
      }
      Token word = tokens.get(opener - 1);
      if (word.isString()) {
        return "import";
      }
      if (word.is("with")) {
        return opener > 1 ? "~" + tokens.get(opener - 2).text() : "";
      }
      for (int back = 2; back <= 4 && opener - back >= 0; back++) {
        Token kind = tokens.get(opener - back);
        boolean header =
            (back == 2
                    && Set.of("phase", "experiment", "schedule", "profile").contains(kind.text()))
                || (back == 3 && kind.is("phase"))
                || (back == 4 && Set.of("experiment", "schedule", "sweep").contains(kind.text()));
        if (header) {
          return kind.text();
        }
      }
      return word.text();
    }

    /** The last name with an equals sign after it, at the depth of the bracket. */
    private String fieldBefore(int opener) {
      String field = "";
      int depth = 0;
      for (int i = opener + 1; i < tokens.size(); i++) {
        String word = tokens.get(i).text();
        depth += "{([".contains(word) ? 1 : "})]".contains(word) ? -1 : 0;
        if (depth == 0 && word.equals("=")) {
          field = tokens.get(i - 1).text();
        }
      }
      return field;
    }

    private Set<String> given(int opener) {
      Set<String> given = new HashSet<>();
      int depth = 0;
      for (int i = opener + 1; i < tokens.size(); i++) {
        String word = tokens.get(i).text();
        depth += "{([".contains(word) ? 1 : "})]".contains(word) ? -1 : 0;
        if (depth == 0 && word.equals("=")) {
          given.add(tokens.get(i - 1).text());
        }
      }
      return given;
    }
  }

  /** The word whose fields stand here, or the name of the value whose word it is. */
  Optional<String> amended() {
    return owner.startsWith("~") ? Optional.of(owner.substring(1)) : Optional.empty();
  }
}

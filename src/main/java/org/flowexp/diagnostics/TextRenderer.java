package org.flowexp.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.source.Position;

/** Diagnostics for people: the source line, a caret under the mistake, and a way out. */
public final class TextRenderer {
  /** Should the text carry ANSI colours? */
  public enum Colour {
    NEVER,
    ALWAYS
  }

  private static final int MOST_ERRORS = 20;

  private final Paint paint;

  public TextRenderer(Colour colour) {
    this.paint = new Paint(colour);
  }

  /**
   * At most 20 errors of a file, all its warnings up to there, and a last line that counts them
   * all.
   */
  public String render(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    Map<String, List<Diagnostic>> files = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      String file = diagnostic.primary().span().file().name();
      files.computeIfAbsent(file, name -> new ArrayList<>()).add(diagnostic);
    }
    files.forEach((file, found) -> out.append(ofFile(file, found, files.size() > 1)));
    long errors = count(diagnostics, Severity.ERROR);
    long warnings = count(diagnostics, Severity.WARNING);
    List<String> sums = new ArrayList<>();
    if (errors > 0) {
      sums.add(plural(errors, "error"));
    }
    if (warnings > 0) {
      sums.add(plural(warnings, "warning"));
    }
    return sums.isEmpty() ? "" : out.append(String.join(", ", sums)).append('\n').toString();
  }

  private String ofFile(String file, List<Diagnostic> diagnostics, boolean several) {
    StringBuilder out = new StringBuilder();
    long shown = 0;
    for (Diagnostic diagnostic : diagnostics) {
      boolean error = diagnostic.severity() == Severity.ERROR;
      if (error && shown == MOST_ERRORS) {
        break;
      }
      shown += error ? 1 : 0;
      out.append(render(diagnostic)).append('\n');
    }
    long left = count(diagnostics, Severity.ERROR) - shown;
    if (left > 0) {
      String where = several ? " in " + file : "";
      out.append("and ").append(plural(left, "more error")).append(where).append("\n\n");
    }
    return out.toString();
  }

  /** One diagnostic, with a line break at its end. */
  public String render(Diagnostic diagnostic) {
    String margin = " ".repeat(widestLineNumber(diagnostic));
    StringBuilder out = new StringBuilder();
    String head = diagnostic.severity().word() + "[" + diagnostic.code() + "]";
    out.append(paint.severity(diagnostic.severity(), head))
        .append(paint.bold(": " + diagnostic.message()))
        .append('\n');
    label(out, margin, diagnostic.primary(), "--> ", '^', diagnostic.severity());
    for (Label label : diagnostic.secondary()) {
      label(out, margin, label, "::: ", '-', diagnostic.severity());
    }
    diagnostic.help().ifPresent(help -> remark(out, margin, "help", help));
    diagnostic.notes().forEach(note -> remark(out, margin, "note", note));
    return out.toString();
  }

  private void label(
      StringBuilder out, String margin, Label label, String arrow, char mark, Severity severity) {
    Position start = label.span().startPosition();
    Excerpt excerpt = Excerpt.of(label.span());
    String number = String.valueOf(start.line());
    String padding = " ".repeat(margin.length() - number.length());
    out.append(margin)
        .append(paint.frame(arrow))
        .append(label.span().file().name() + ":" + start.line() + ":" + start.column())
        .append('\n')
        .append(paint.frame(padding + number + " |"))
        .append((" " + excerpt.line()).stripTrailing())
        .append('\n')
        .append(paint.frame(margin + " |"))
        .append(" ".repeat(excerpt.indent() + 1));
    String carets = String.valueOf(mark).repeat(excerpt.width());
    String text = Paint.printable(label.text());
    String marked = text.isEmpty() ? carets : carets + " " + text;
    out.append(mark == '^' ? paint.severity(severity, marked) : paint.frame(marked)).append('\n');
  }

  private void remark(StringBuilder out, String margin, String kind, String text) {
    String indent = "\n" + margin + "   " + " ".repeat(kind.length() + 2);
    out.append(margin)
        .append(paint.frame(" = "))
        .append(paint.bold(kind + ":"))
        .append(' ')
        .append(text.replace("\n", indent))
        .append('\n');
  }

  private static int widestLineNumber(Diagnostic diagnostic) {
    int widest = width(diagnostic.primary());
    for (Label label : diagnostic.secondary()) {
      widest = Math.max(widest, width(label));
    }
    return widest;
  }

  private static int width(Label label) {
    return String.valueOf(label.span().startPosition().line()).length();
  }

  private static long count(List<Diagnostic> diagnostics, Severity severity) {
    return diagnostics.stream().filter(d -> d.severity() == severity).count();
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}

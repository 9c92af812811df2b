package org.flowexp.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flowexp.format.Piece.Gap;
import org.flowexp.format.Piece.Line;
import org.flowexp.format.Piece.Separator;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;

/** Declarations in pieces. */
final class DeclarationPieces {
  private final Pieces pieces;
  private final ExpressionPieces expressions;

  DeclarationPieces(Pieces pieces) {
    this.pieces = pieces;
    this.expressions = new ExpressionPieces(pieces);
  }

  void write(Declaration declaration) {
    pieces.entry(Separator.NONE, Line.ALWAYS);
    if (declaration instanceof Declaration.Import d) {
      anImport(d);
    } else if (declaration instanceof Declaration.Named d) {
      String kind = d.kind();
      int start = d.span().start();
      pieces.placed(Gap.TIGHT, new Span(d.span().file(), start, start + kind.length()), kind);
      pieces.attached(Gap.SPACE, d.name());
      named(d);
    }
  }

  private void named(Declaration.Named declaration) {
    if (declaration instanceof Declaration.Param d) {
      pieces.word(Gap.SPACE, ":");
      pieces.attached(Gap.SPACE, d.type().name());
      if (!d.type().arguments().isEmpty()) {
        pieces.open(Gap.TIGHT, "(");
        expressions.tightList(d.type().arguments(), e -> expressions.write(e.gap(), e.value()));
        pieces.close(Gap.TIGHT, d.type().span(), ")");
      }
      body(d.value());
    } else if (declaration instanceof Declaration.Function d) {
      formals(d.formals());
      body(d.body());
    } else if (declaration instanceof Declaration.Loss d) {
      formals(d.formals());
      d.on().ifPresent(on -> pieces.word(Gap.SPACE, "on"));
      d.on().ifPresent(on -> pieces.attached(Gap.SPACE, on));
      body(d.body());
    } else if (declaration instanceof Declaration.Value d) {
      body(d.value());
    } else if (declaration instanceof Declaration.Schedule d) {
      parent(d.parent());
      schedule(d);
    } else if (declaration instanceof Declaration.Experiment d) {
      parent(d.parent());
      entries(d.fields(), List.of(), d.checks(), d.span());
    } else if (declaration instanceof Declaration.Sweep d) {
      pieces.word(Gap.SPACE, "of");
      pieces.attached(Gap.SPACE, d.of());
      entries(List.of(), d.axes(), d.checks(), d.span());
    } else if (declaration instanceof Declaration.Profile d) {
      entries(d.fields(), d.axes(), List.of(), d.span());
    }
  }

  private void anImport(Declaration.Import d) {
    int start = d.span().start();
    pieces.placed(Gap.TIGHT, new Span(d.span().file(), start, start + 6), "import");
    pieces.attached(Gap.SPACE, d.pathSpan(), d.pathSpan().text());
    d.as().ifPresent(as -> pieces.word(Gap.SPACE, "as"));
    d.as().ifPresent(as -> pieces.attached(Gap.SPACE, as));
    if (!d.names().isEmpty()) {
      pieces.open(Gap.SPACE, "{");
      pieces.list(d.names(), Separator.COMMA, n -> pieces.placed(Gap.SPACE, n.span(), n.text()));
      expressions.close(d.span(), false);
    }
  }

  private void body(Expression value) {
    pieces.word(Gap.SPACE, "=");
    expressions.write(Gap.SPACE, value);
  }

  private void parent(Optional<Name> parent) {
    parent.ifPresent(p -> pieces.word(Gap.SPACE, "extends"));
    parent.ifPresent(p -> pieces.attached(Gap.SPACE, p));
  }

  private void formals(List<Name> formals) {
    if (!formals.isEmpty()) {
      pieces.open(Gap.TIGHT, "(");
      expressions.tightList(
          formals, e -> pieces.placed(e.gap(), e.value().span(), e.value().text()));
      pieces.closeAfter(formals.get(formals.size() - 1).span(), ")");
    }
  }

  private void schedule(Declaration.Schedule d) {
    pieces.open(Gap.SPACE, "{");
    for (Declaration.Phase phase : d.phases()) {
      pieces.entry(Separator.NONE, Line.ALWAYS);
      int start = phase.span().start();
      pieces.placed(Gap.SPACE, new Span(phase.span().file(), start, start + 5), "phase");
      pieces.attached(Gap.SPACE, phase.name());
      phase.dataFree().ifPresent(span -> pieces.attached(Gap.SPACE, span, "data_free"));
      expressions.block(phase.block());
    }
    expressions.close(d.span(), d.phases().isEmpty());
  }

  /** Fields, axes and checks in the order they were written in. */
  private void entries(
      List<Field> fields,
      List<Declaration.Axis> axes,
      List<Declaration.Check> checks,
      Span declaration) {
    record Entry(int start, Line line, Runnable write) {}
    List<Entry> entries = new ArrayList<>();
    for (Field field : fields) {
      entries.add(new Entry(field.span().start(), Line.AS_WRITTEN, () -> expressions.field(field)));
    }
    for (Declaration.Axis axis : axes) {
      entries.add(new Entry(axis.span().start(), Line.AS_WRITTEN, () -> axis(axis)));
    }
    for (Declaration.Check check : checks) {
      entries.add(new Entry(check.span().start(), Line.ALWAYS, () -> check(check)));
    }
    entries.sort(Comparator.comparingInt(Entry::start));
    pieces.open(Gap.SPACE, "{");
    Line afterCheck = Line.AS_WRITTEN;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Line line = afterCheck == Line.ALWAYS ? Line.ALWAYS : entry.line();
      pieces.entry(i == 0 ? Separator.NONE : Separator.COMMA_OR_LINE, line);
      entry.write().run();
      afterCheck = entry.line();
    }
    expressions.close(declaration, entries.isEmpty());
  }

  private void axis(Declaration.Axis axis) {
    axis.sweep()
        .ifPresentOrElse(
            sweep -> {
              pieces.placed(Gap.SPACE, sweep.span(), sweep.text());
              pieces.attached(Gap.TIGHT, axis.param().span(), "." + axis.param().text());
            },
            () -> pieces.placed(Gap.SPACE, axis.param().span(), axis.param().text()));
    pieces.word(Gap.SPACE, "in");
    expressions.write(Gap.SPACE, axis.values());
  }

  private void check(Declaration.Check check) {
    boolean claim = check instanceof Declaration.Claim;
    String word = claim ? "claim" : "expect";
    int start = check.span().start();
    pieces.placed(Gap.SPACE, new Span(check.span().file(), start, start + word.length()), word);
    pieces.attached(Gap.SPACE, check.titleSpan(), check.titleSpan().text());
    pieces.word(Gap.TIGHT, ":");
    expressions.write(Gap.SPACE, check.condition());
    if (check instanceof Declaration.Claim c) {
      pieces.word(Gap.SPACE, "with confidence");
      expressions.write(Gap.SPACE, c.confidence());
    } else if (check instanceof Declaration.Expectation e) {
      e.within().ifPresent(w -> pieces.word(Gap.SPACE, "within"));
      e.within().ifPresent(w -> expressions.write(Gap.SPACE, w));
      e.within().ifPresent(w -> pieces.word(Gap.SPACE, "of baseline"));
    }
  }
}

package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.SymbolKind;
import org.flowexp.source.Span;
import org.flowexp.syntax.Comment;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;

/** What a file consists of, as a tree and as stretches that can be folded. */
final class Outline {
  private Outline() {}

  static List<DocumentSymbol> symbols(Document document) {
    List<DocumentSymbol> symbols = new ArrayList<>();
    for (Declaration declaration : document.declarations()) {
      if (declaration instanceof Declaration.Named named) {
        DocumentSymbol symbol =
            symbol(
                named.name().text(), named.kind(), kind(named), named.span(), named.name().span());
        symbol.setChildren(children(named));
        symbols.add(symbol);
      }
    }
    return symbols;
  }

  private static DocumentSymbol symbol(
      String name, String detail, SymbolKind kind, Span whole, Span selection) {
    return new DocumentSymbol(name, kind, Places.range(whole), Places.range(selection), detail);
  }

  private static SymbolKind kind(Declaration.Named named) {
    return switch (named.kind()) {
      case "fn", "loss" -> SymbolKind.Function;
      case "param" -> SymbolKind.Constant;
      case "system", "architecture", "experiment", "sweep" -> SymbolKind.Class;
      case "schedule", "profile" -> SymbolKind.Module;
      case "data" -> SymbolKind.Array;
      case "mask", "observable" -> SymbolKind.Boolean;
      case "metric" -> SymbolKind.Number;
      default -> SymbolKind.Variable;
    };
  }

  private static List<DocumentSymbol> children(Declaration.Named named) {
    List<DocumentSymbol> children = new ArrayList<>();
    if (named instanceof Declaration.Schedule schedule) {
      for (Declaration.Phase phase : schedule.phases()) {
        children.add(
            symbol(
                phase.name().text(), "phase", SymbolKind.Event, phase.span(), phase.name().span()));
      }
    } else if (named instanceof Declaration.Experiment experiment) {
      checks(experiment.checks(), children);
    } else if (named instanceof Declaration.Sweep sweep) {
      for (Declaration.Axis axis : sweep.axes()) {
        children.add(
            symbol(
                axis.param().text(), "axis", SymbolKind.Field, axis.span(), axis.param().span()));
      }
      checks(sweep.checks(), children);
    }
    return children;
  }

  private static void checks(List<Declaration.Check> checks, List<DocumentSymbol> children) {
    for (Declaration.Check check : checks) {
      String kind = check instanceof Declaration.Claim ? "claim" : "expect";
      children.add(
          symbol(
              check.title().isBlank() ? kind : check.title(),
              kind,
              SymbolKind.Boolean,
              check.span(),
              check.titleSpan()));
    }
  }

  /** Declarations and blocks of several lines, runs of comments and of imports. */
  static List<FoldingRange> folds(Document document) {
    Set<Fold> folds = new TreeSet<>();
    List<Span> imports = new ArrayList<>();
    for (Declaration declaration : document.declarations()) {
      if (declaration instanceof Declaration.Import) {
        imports.add(declaration.span());
      }
      fold(declaration.span(), FoldingRangeKind.Region, folds);
      if (declaration instanceof Declaration.Schedule schedule) {
        schedule.phases().forEach(p -> fold(p.span(), FoldingRangeKind.Region, folds));
      }
    }
    for (Expression node : Nodes.of(document)) {
      if (node instanceof Expression.Construct construct) {
        fold(construct.span(), FoldingRangeKind.Region, folds);
      } else if (node instanceof Expression.Amend amend) {
        fold(amend.block().span(), FoldingRangeKind.Region, folds);
      } else if (node instanceof Expression.ListOf list) {
        fold(list.span(), FoldingRangeKind.Region, folds);
      }
    }
    runs(imports, FoldingRangeKind.Imports, folds);
    runs(document.comments().stream().map(Comment::span).toList(), FoldingRangeKind.Comment, folds);
    return folds.stream().map(Fold::range).toList();
  }

  private static void runs(List<Span> spans, String kind, Set<Fold> folds) {
    int begin = 0;
    for (int i = 1; i <= spans.size(); i++) {
      boolean ends =
          i == spans.size()
              || spans.get(i).startPosition().line() != spans.get(i - 1).endPosition().line() + 1;
      if (ends) {
        fold(spans.get(begin).to(spans.get(i - 1)), kind, folds);
        begin = i;
      }
    }
  }

  private static void fold(Span span, String kind, Set<Fold> folds) {
    int first = span.startPosition().line() - 1;
    int last = span.endPosition().line() - 1;
    if (last > first) {
      folds.add(new Fold(first, last, kind));
    }
  }

  /** Lines from 0, both included. */
  private record Fold(int first, int last, String kind) implements Comparable<Fold> {
    FoldingRange range() {
      FoldingRange range = new FoldingRange(first, last);
      range.setKind(kind);
      return range;
    }

    @Override
    public int compareTo(Fold other) {
      return first != other.first
          ? Integer.compare(first, other.first)
          : Integer.compare(last, other.last);
    }
  }
}

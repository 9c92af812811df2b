package org.flowexp.format;

import java.util.List;
import java.util.function.Consumer;
import org.flowexp.format.Piece.Gap;
import org.flowexp.format.Piece.Line;
import org.flowexp.format.Piece.Separator;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.BinaryOperator;
import org.flowexp.syntax.Block;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.UnaryOperator;
import org.flowexp.syntax.UnitSyntax;

/** Expressions and blocks in pieces. */
final class ExpressionPieces {
  private final Pieces pieces;

  ExpressionPieces(Pieces pieces) {
    this.pieces = pieces;
  }

  void write(Gap gap, Expression expression) {
    expression.accept(new Writer(gap));
  }

  void block(Block block) {
    pieces.open(Gap.SPACE, block.span(), "{", Line.NEVER);
    pieces.list(block.fields(), Separator.COMMA_OR_LINE, this::field);
    close(block.span(), block.fields().isEmpty());
  }

  void close(Span span, boolean empty) {
    pieces.close(empty ? Gap.TIGHT : Gap.SPACE, span, "}");
  }

  void field(Field field) {
    pieces.placed(Gap.SPACE, field.name().span(), field.name().text());
    pieces.word(Gap.SPACE, "=");
    write(Gap.SPACE, field.value());
  }

  /** Entries of a bracket without spaces inside; the first stands tight, the others do not. */
  <T> void tightList(List<T> entries, Consumer<Entry<T>> each) {
    Separator before = Separator.NONE;
    for (T one : entries) {
      pieces.entry(before, Line.AS_WRITTEN);
      each.accept(new Entry<>(before == Separator.NONE ? Gap.TIGHT : Gap.SPACE, one));
      before = Separator.COMMA;
    }
  }

  record Entry<T>(Gap gap, T value) {}

  private void argument(Gap gap, Argument argument) {
    argument.name().ifPresent(name -> pieces.placed(gap, name.span(), name.text()));
    argument.name().ifPresent(name -> pieces.word(Gap.SPACE, "="));
    write(argument.name().isPresent() ? Gap.SPACE : gap, argument.value());
    argument
        .comprehension()
        .ifPresent(
            c -> {
              pieces.word(Gap.SPACE, "for");
              pieces.attached(Gap.SPACE, c.variable());
              pieces.word(Gap.SPACE, "in");
              write(Gap.SPACE, c.range());
            });
    argument.condition().ifPresent(c -> pieces.word(Gap.SPACE, "where"));
    argument.condition().ifPresent(c -> write(Gap.SPACE, c));
  }

  private static String written(UnitSyntax unit) {
    StringBuilder text = new StringBuilder();
    for (UnitSyntax.Factor factor : unit.factors()) {
      boolean first = text.length() == 0;
      int power = first ? factor.power() : -factor.power();
      text.append(first ? "" : "/").append(factor.symbol().text());
      if (power != 1) {
        text.append('^').append(power);
      }
    }
    return text.toString();
  }

  private final class Writer implements Expression.Visitor<Void> {
    private final Gap gap;

    Writer(Gap gap) {
      this.gap = gap;
    }

    private Void placed(Span span, String text) {
      pieces.placed(gap, span, text);
      return null;
    }

    @Override
    public Void quantity(Expression.Quantity node) {
      return placed(node.span(), node.text() + node.unit().map(u -> " " + written(u)).orElse(""));
    }

    @Override
    public Void text(Expression.Text node) {
      return placed(node.span(), node.span().text());
    }

    @Override
    public Void truth(Expression.Truth node) {
      return placed(node.span(), String.valueOf(node.value()));
    }

    @Override
    public Void reference(Expression.Reference node) {
      return placed(node.span(), node.name().text());
    }

    @Override
    public Void list(Expression.ListOf node) {
      pieces.open(gap, node.span(), "[", Line.AS_WRITTEN);
      tightList(node.elements(), e -> write(e.gap(), e.value()));
      pieces.close(Gap.TIGHT, node.span(), "]");
      return null;
    }

    @Override
    public Void construct(Expression.Construct node) {
      placed(node.word().span(), node.word().text());
      block(node.block());
      return null;
    }

    @Override
    public Void group(Expression.Group node) {
      pieces.open(gap, node.span(), "(", Line.AS_WRITTEN);
      pieces.entry(Separator.NONE, Line.AS_WRITTEN);
      write(Gap.TIGHT, node.inner());
      pieces.close(Gap.TIGHT, node.span(), ")");
      return null;
    }

    @Override
    public Void member(Expression.Member node) {
      write(gap, node.target());
      pieces.attached(Gap.TIGHT, node.name().span(), "." + node.name().text());
      return null;
    }

    @Override
    public Void index(Expression.Index node) {
      write(gap, node.target());
      pieces.open(Gap.TIGHT, "[");
      tightList(node.indices(), e -> write(e.gap(), e.value()));
      pieces.close(Gap.TIGHT, node.span(), "]");
      return null;
    }

    @Override
    public Void call(Expression.Call node) {
      write(gap, node.target());
      pieces.open(Gap.TIGHT, "(");
      tightList(node.arguments(), e -> argument(e.gap(), e.value()));
      pieces.close(Gap.TIGHT, node.span(), ")");
      return null;
    }

    @Override
    public Void amend(Expression.Amend node) {
      write(gap, node.target());
      pieces.word(Gap.SPACE, "with");
      block(node.block());
      return null;
    }

    @Override
    public Void unary(Expression.Unary node) {
      String symbol = node.operator().symbol();
      int start = node.span().start();
      Span sign = new Span(node.span().file(), start, start + symbol.length());
      placed(sign, symbol);
      write(node.operator() == UnaryOperator.NOT ? Gap.SPACE : Gap.TIGHT, node.operand());
      return null;
    }

    @Override
    public Void binary(Expression.Binary node) {
      write(gap, node.left());
      Gap around = isTight(node) ? Gap.TIGHT : Gap.SPACE;
      pieces.operator(around, node.left().span(), node.right().span(), node.operator().symbol());
      write(around, node.right());
      return null;
    }

    @Override
    public Void conditional(Expression.Conditional node) {
      int start = node.span().start();
      placed(new Span(node.span().file(), start, start + 2), "if");
      write(Gap.SPACE, node.condition());
      pieces.operator(Gap.SPACE, node.condition().span(), node.then().span(), "then");
      write(Gap.SPACE, node.then());
      pieces.operator(Gap.SPACE, node.then().span(), node.otherwise().span(), "else");
      write(Gap.SPACE, node.otherwise());
      return null;
    }

    @Override
    public Void range(Expression.Range node) {
      write(gap, node.from());
      pieces.word(Gap.TIGHT, "..");
      write(Gap.TIGHT, node.to());
      return null;
    }

    @Override
    public Void change(Expression.Change node) {
      write(gap, node.from());
      pieces.word(Gap.SPACE, "->");
      write(Gap.SPACE, node.to());
      return null;
    }
  }

  /** {@code t^4}, {@code 1/4} and {@code 1/n} are tight; after a unit both would belong to it. */
  private static boolean isTight(Expression.Binary node) {
    boolean afterUnit =
        node.left() instanceof Expression.Quantity quantity && quantity.unit().isPresent();
    if (node.operator() == BinaryOperator.POWER) {
      return !afterUnit;
    }
    return node.operator() == BinaryOperator.DIVIDE
        && isBare(node.left())
        && (isBare(node.right()) || node.right() instanceof Expression.Reference);
  }

  private static boolean isBare(Expression node) {
    return node instanceof Expression.Quantity quantity && quantity.unit().isEmpty();
  }
}

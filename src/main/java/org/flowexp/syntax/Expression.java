package org.flowexp.syntax;

import java.util.List;
import java.util.Optional;
import org.flowexp.source.Span;

/** An expression as written. Immutable; every node knows its span. */
public sealed interface Expression {
  Span span();

  <R> R accept(Visitor<R> visitor);

  /**
   * A number with an optional unit; {@code text} is the number as written, with its underscores.
   */
  record Quantity(String text, double value, Optional<UnitSyntax> unit, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.quantity(this);
    }
  }

  /** A string; {@code value} is without quotes and escapes. */
  record Text(String value, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  record Truth(boolean value, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.truth(this);
    }
  }

  record ListOf(List<Expression> elements, Span span) implements Expression {
    public ListOf {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.list(this);
    }
  }

  record Reference(Name name, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reference(this);
    }
  }

  /** {@code word { fields }}. */
  record Construct(Name word, Block block, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.construct(this);
    }
  }

  /** Parentheses as written. */
  record Group(Expression inner, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.group(this);
    }
  }

  record Member(Expression target, Name name, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.member(this);
    }
  }

  record Index(Expression target, List<Expression> indices, Span span) implements Expression {
    public Index {
      indices = List.copyOf(indices);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.index(this);
    }
  }

  record Call(Expression target, List<Argument> arguments, Span span) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.call(this);
    }
  }

  /** {@code target with { fields }}. */
  record Amend(Expression target, Block block, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.amend(this);
    }
  }

  record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unary(this);
    }
  }

  record Binary(BinaryOperator operator, Expression left, Expression right, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.binary(this);
    }
  }

  record Conditional(Expression condition, Expression then, Expression otherwise, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.conditional(this);
    }
  }

  /** {@code from..to}, both ends included. */
  record Range(Expression from, Expression to, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.range(this);
    }
  }

  /** {@code from -> to}. */
  record Change(Expression from, Expression to, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.change(this);
    }
  }

  /** One method per node and no default, so that a new node is met everywhere it must be. */
  interface Visitor<R> {
    R quantity(Quantity node);

    R text(Text node);

    R truth(Truth node);

    R list(ListOf node);

    R reference(Reference node);

    R construct(Construct node);

    R group(Group node);

    R member(Member node);

    R index(Index node);

    R call(Call node);

    R amend(Amend node);

    R unary(Unary node);

    R binary(Binary node);

    R conditional(Conditional node);

    R range(Range node);

    R change(Change node);
  }
}

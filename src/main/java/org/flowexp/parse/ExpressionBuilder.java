package org.flowexp.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpParser.AmendContext;
import org.flowexp.grammar.FlowExpParser.ArgContext;
import org.flowexp.grammar.FlowExpParser.AtomContext;
import org.flowexp.grammar.FlowExpParser.BlockContext;
import org.flowexp.grammar.FlowExpParser.CallContext;
import org.flowexp.grammar.FlowExpParser.ConditionalContext;
import org.flowexp.grammar.FlowExpParser.ConstructContext;
import org.flowexp.grammar.FlowExpParser.ExprContext;
import org.flowexp.grammar.FlowExpParser.FieldContext;
import org.flowexp.grammar.FlowExpParser.GroupContext;
import org.flowexp.grammar.FlowExpParser.IndexContext;
import org.flowexp.grammar.FlowExpParser.LeafContext;
import org.flowexp.grammar.FlowExpParser.ListContext;
import org.flowexp.grammar.FlowExpParser.MemberContext;
import org.flowexp.grammar.FlowExpParser.QuantityContext;
import org.flowexp.grammar.FlowExpParser.TextContext;
import org.flowexp.grammar.FlowExpParser.TruthContext;
import org.flowexp.grammar.FlowExpParser.UnitContext;
import org.flowexp.grammar.FlowExpParser.UnitFactorContext;
import org.flowexp.grammar.FlowExpParser.UnitTailContext;
import org.flowexp.grammar.FlowExpParser.ValueContext;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.BinaryOperator;
import org.flowexp.syntax.Block;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;
import org.flowexp.syntax.UnaryOperator;
import org.flowexp.syntax.UnitSyntax;

/** Expressions and blocks from ANTLR's tree, whose depth {@link Nesting} has bounded. */
final class ExpressionBuilder {
  private static final int LARGEST_POWER = 99;
  private static final Map<String, BinaryOperator> BINARY = new HashMap<>();

  static {
    for (BinaryOperator operator : BinaryOperator.values()) {
      BINARY.put(operator.symbol(), operator);
    }
  }

  private final Spans spans;
  private final Diagnostics diagnostics;
  private final Literals literals;

  ExpressionBuilder(Spans spans, Diagnostics diagnostics) {
    this.spans = spans;
    this.diagnostics = diagnostics;
    this.literals = new Literals(diagnostics);
  }

  String string(TerminalNode node) {
    return literals.string(spans.of(node));
  }

  Expression value(ValueContext tree) {
    Expression from = expression(tree.expr(0));
    if (tree.expr().size() == 1) {
      return from;
    }
    Expression to = expression(tree.expr(1));
    return tree.getChild(1).getText().equals("..")
        ? new Expression.Range(from, to, spans.of(tree))
        : new Expression.Change(from, to, spans.of(tree));
  }

  Expression expression(ExprContext tree) {
    Span span = spans.of(tree);
    if (tree instanceof QuantityContext quantity) {
      return quantity(quantity);
    }
    if (tree instanceof TextContext text) {
      return new Expression.Text(string(text.STRING()), span);
    }
    if (tree instanceof TruthContext) {
      return new Expression.Truth(span.text().equals("true"), span);
    }
    if (tree instanceof ListContext list) {
      return new Expression.ListOf(expressions(list.expr()), span);
    }
    if (tree instanceof LeafContext leaf) {
      return atom(leaf.atom());
    }
    if (tree instanceof ConditionalContext choice) {
      return new Expression.Conditional(
          expression(choice.expr(0)), expression(choice.expr(1)), expression(choice.expr(2)), span);
    }
    return operation(tree, span);
  }

  private Expression operation(ExprContext tree, Span span) {
    if (tree.getChildCount() == 2) {
      UnaryOperator operator =
          tree.getChild(0).getText().equals("not") ? UnaryOperator.NOT : UnaryOperator.NEGATE;
      return new Expression.Unary(operator, expression((ExprContext) tree.getChild(1)), span);
    }
    return new Expression.Binary(
        BINARY.get(tree.getChild(1).getText()),
        expression((ExprContext) tree.getChild(0)),
        expression((ExprContext) tree.getChild(2)),
        span);
  }

  private List<Expression> expressions(List<ExprContext> trees) {
    return trees.stream().map(this::expression).toList();
  }

  private Expression atom(AtomContext tree) {
    Span span = spans.of(tree);
    if (tree instanceof ConstructContext construct) {
      return new Expression.Construct(spans.name(construct.ID()), block(construct.block()), span);
    }
    if (tree instanceof GroupContext group) {
      return new Expression.Group(expression(group.expr()), span);
    }
    if (tree instanceof MemberContext member) {
      return new Expression.Member(atom(member.atom()), spans.name(member.getChild(2)), span);
    }
    if (tree instanceof IndexContext index) {
      return new Expression.Index(atom(index.atom()), expressions(index.expr()), span);
    }
    if (tree instanceof CallContext call) {
      List<Argument> arguments = call.arg().stream().map(this::argument).toList();
      return new Expression.Call(atom(call.atom()), arguments, span);
    }
    if (tree instanceof AmendContext amend) {
      return new Expression.Amend(atom(amend.atom()), block(amend.block()), span);
    }
    return new Expression.Reference(new Name(span.text(), span), span);
  }

  private Argument argument(ArgContext tree) {
    Span span = spans.of(tree);
    Optional<Name> name = Optional.ofNullable(tree.name()).map(spans::name);
    Expression value = value(tree.value(0));
    Optional<Argument.Comprehension> comprehension =
        Optional.ofNullable(tree.ID())
            .map(id -> new Argument.Comprehension(spans.name(id), value(tree.value(1))));
    Optional<Expression> condition = Optional.ofNullable(tree.expr()).map(this::expression);
    return new Argument(name, value, comprehension, condition, span);
  }

  Block block(BlockContext tree) {
    return new Block(tree.field().stream().map(this::field).toList(), spans.of(tree));
  }

  Field field(FieldContext tree) {
    Name name = spans.name(tree.name());
    Expression value = value(tree.value());
    return new Field(name, value, name.span().to(value.span()));
  }

  private Expression quantity(QuantityContext tree) {
    Span number = spans.of(tree.NUMBER());
    Optional<UnitSyntax> unit = Optional.ofNullable(tree.unit()).map(this::unit);
    unit.filter(u -> u.span().start() == number.end() && u.span().text().equalsIgnoreCase("e"))
        .ifPresent(u -> diagnostics.add(SyntaxErrors.noExponent(number.to(u.span()))));
    Span whole = unit.map(u -> number.to(u.span())).orElse(number);
    return new Expression.Quantity(number.text(), literals.number(number), unit, whole);
  }

  private UnitSyntax unit(UnitContext tree) {
    List<UnitSyntax.Factor> factors = new ArrayList<>();
    if (tree.unitFactor() == null) {
      Span span = spans.of(tree.getChild(0));
      factors.add(new UnitSyntax.Factor(new Name("%", span), 1));
      return new UnitSyntax(factors, span);
    }
    factors.add(factor(tree.unitFactor(), 1));
    UnitTailContext tail = tree.unitTail();
    UnitFactorContext last = tree.unitFactor();
    while (tail.unitFactor() != null) {
      last = tail.unitFactor();
      factors.add(factor(last, -1));
      tail = tail.unitTail();
    }
    return new UnitSyntax(factors, spans.of(tree.unitFactor()).to(endOf(last)));
  }

  private Span endOf(UnitFactorContext tree) {
    int last = tree.unitPower().getChildCount() - 1;
    return last < 0 ? spans.of(tree.ID()) : spans.of(tree.unitPower().getChild(last));
  }

  private UnitSyntax.Factor factor(UnitFactorContext tree, int sign) {
    Name symbol = spans.name(tree.ID());
    int children = tree.unitPower().getChildCount();
    if (children == 0) {
      return new UnitSyntax.Factor(symbol, sign);
    }
    ParseTree power = tree.unitPower().getChild(children - 1);
    int written = power(spans.of(power));
    return new UnitSyntax.Factor(symbol, children == 3 ? -sign * written : sign * written);
  }

  private int power(Span span) {
    double power = literals.number(span);
    if (power != Math.rint(power) || power > LARGEST_POWER) {
      diagnostics.add(SyntaxErrors.powerOfUnit(span, LARGEST_POWER));
      return 1;
    }
    return (int) power;
  }
}

package org.flowexp.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpParser.AxisContext;
import org.flowexp.grammar.FlowExpParser.CheckContext;
import org.flowexp.grammar.FlowExpParser.ClaimContext;
import org.flowexp.grammar.FlowExpParser.DeclContext;
import org.flowexp.grammar.FlowExpParser.ExpectationContext;
import org.flowexp.grammar.FlowExpParser.ExperimentDeclContext;
import org.flowexp.grammar.FlowExpParser.FnDeclContext;
import org.flowexp.grammar.FlowExpParser.FormalsContext;
import org.flowexp.grammar.FlowExpParser.ImportDeclContext;
import org.flowexp.grammar.FlowExpParser.LossDeclContext;
import org.flowexp.grammar.FlowExpParser.ParamDeclContext;
import org.flowexp.grammar.FlowExpParser.PhaseContext;
import org.flowexp.grammar.FlowExpParser.ProfileDeclContext;
import org.flowexp.grammar.FlowExpParser.ScheduleDeclContext;
import org.flowexp.grammar.FlowExpParser.SweepDeclContext;
import org.flowexp.grammar.FlowExpParser.TypeContext;
import org.flowexp.grammar.FlowExpParser.ValueDeclContext;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;
import org.flowexp.syntax.TypeSyntax;

/** Declarations from ANTLR's tree. */
final class DeclarationBuilder {
  private final Spans spans;
  private final ExpressionBuilder expressions;

  DeclarationBuilder(Spans spans, Diagnostics diagnostics) {
    this.spans = spans;
    this.expressions = new ExpressionBuilder(spans, diagnostics);
  }

  Declaration declaration(DeclContext tree) {
    Span span = spans.of(tree);
    if (tree instanceof ImportDeclContext t) {
      return anImport(t, span);
    }
    if (tree instanceof ParamDeclContext t) {
      return new Declaration.Param(
          spans.name(t.ID()), type(t.type()), expressions.value(t.value()), span);
    }
    if (tree instanceof FnDeclContext t) {
      return new Declaration.Function(
          spans.name(t.ID()), formals(t.formals()), expressions.expression(t.expr()), span);
    }
    if (tree instanceof LossDeclContext t) {
      List<Name> formals = Optional.ofNullable(t.formals()).map(this::formals).orElse(List.of());
      Optional<Name> on = Optional.ofNullable(t.name()).map(spans::name);
      return new Declaration.Loss(
          spans.name(t.ID()), formals, on, expressions.expression(t.expr()), span);
    }
    if (tree instanceof ValueDeclContext t) {
      return new Declaration.Value(
          spans.name(t.kind()), spans.name(t.ID()), expressions.expression(t.expr()), span);
    }
    return withBody(tree, span);
  }

  private Declaration withBody(DeclContext tree, Span span) {
    if (tree instanceof ScheduleDeclContext t) {
      List<Declaration.Phase> phases = t.phase().stream().map(this::phase).toList();
      return new Declaration.Schedule(spans.name(t.ID(0)), parent(t.ID()), phases, span);
    }
    if (tree instanceof ExperimentDeclContext t) {
      return new Declaration.Experiment(
          spans.name(t.ID(0)),
          parent(t.ID()),
          t.field().stream().map(expressions::field).toList(),
          checks(t.check()),
          span);
    }
    if (tree instanceof SweepDeclContext t) {
      return new Declaration.Sweep(
          spans.name(t.ID(0)), spans.name(t.ID(1)), axes(t.axis()), checks(t.check()), span);
    }
    if (tree instanceof ProfileDeclContext t) {
      return new Declaration.Profile(
          spans.name(t.ID()),
          t.field().stream().map(expressions::field).toList(),
          axes(t.axis()),
          span);
    }
    throw new IllegalStateException("a declaration of an unknown form: " + tree.getClass());
  }

  private Declaration anImport(ImportDeclContext tree, Span span) {
    List<Name> names = new ArrayList<>(tree.ID().stream().map(spans::name).toList());
    boolean renamed = tree.getChildCount() > 2 && tree.getChild(2).getText().equals("as");
    Optional<Name> as = renamed ? Optional.of(names.remove(0)) : Optional.empty();
    String path = expressions.string(tree.STRING());
    return new Declaration.Import(path, spans.of(tree.STRING()), as, names, span);
  }

  private Optional<Name> parent(List<TerminalNode> names) {
    return names.stream().skip(1).findFirst().map(spans::name);
  }

  private List<Name> formals(FormalsContext tree) {
    return tree.ID().stream().map(spans::name).toList();
  }

  private TypeSyntax type(TypeContext tree) {
    List<Expression> arguments = tree.value().stream().map(expressions::value).toList();
    return new TypeSyntax(spans.name(tree.name()), arguments, spans.of(tree));
  }

  private Declaration.Phase phase(PhaseContext tree) {
    Token mark = tree.getChild(2) instanceof TerminalNode word ? word.getSymbol() : null;
    return new Declaration.Phase(
        spans.name(tree.ID()),
        Optional.ofNullable(mark).map(spans::of),
        expressions.block(tree.block()),
        spans.of(tree));
  }

  private List<Declaration.Axis> axes(List<AxisContext> trees) {
    return trees.stream().map(this::axis).toList();
  }

  private Declaration.Axis axis(AxisContext tree) {
    List<Name> names = tree.ID().stream().map(spans::name).toList();
    Expression values = expressions.value(tree.value());
    return new Declaration.Axis(
        names.size() == 2 ? Optional.of(names.get(0)) : Optional.empty(),
        names.get(names.size() - 1),
        values,
        names.get(0).span().to(values.span()));
  }

  private List<Declaration.Check> checks(List<CheckContext> trees) {
    return trees.stream().map(this::check).toList();
  }

  private Declaration.Check check(CheckContext tree) {
    if (tree instanceof ClaimContext t) {
      return new Declaration.Claim(
          expressions.string(t.STRING()),
          spans.of(t.STRING()),
          expressions.expression(t.expr(0)),
          expressions.expression(t.expr(1)),
          withoutComma(t));
    }
    ExpectationContext t = (ExpectationContext) tree;
    return new Declaration.Expectation(
        expressions.string(t.STRING()),
        spans.of(t.STRING()),
        expressions.expression(t.expr(0)),
        t.expr().size() == 2 ? Optional.of(expressions.expression(t.expr(1))) : Optional.empty(),
        withoutComma(t));
  }

  private Span withoutComma(ParserRuleContext tree) {
    int last = tree.getChildCount() - 1;
    boolean comma = tree.getChild(last).getText().equals(",");
    return spans.of(tree.getStart()).to(spans.of(tree.getChild(comma ? last - 1 : last)));
  }
}

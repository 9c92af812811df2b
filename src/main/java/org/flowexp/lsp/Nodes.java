package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;

/** All expressions of a file, outer ones before inner ones. */
final class Nodes extends ExpressionWalk {
  private final List<Expression> found = new ArrayList<>();

  private Nodes() {}

  static List<Expression> of(Document document) {
    Nodes nodes = new Nodes();
    document.declarations().forEach(nodes::declaration);
    return nodes.found;
  }

  private void declaration(Declaration declaration) {
    if (declaration instanceof Declaration.Param param) {
      param.type().arguments().forEach(this::visit);
      visit(param.value());
    } else if (declaration instanceof Declaration.Function function) {
      visit(function.body());
    } else if (declaration instanceof Declaration.Loss loss) {
      visit(loss.body());
    } else if (declaration instanceof Declaration.Value value) {
      visit(value.value());
    } else if (declaration instanceof Declaration.Schedule schedule) {
      schedule.phases().forEach(phase -> fields(phase.block().fields()));
    } else if (declaration instanceof Declaration.Experiment experiment) {
      fields(experiment.fields());
      experiment.checks().forEach(check -> visit(check.condition()));
    } else if (declaration instanceof Declaration.Sweep sweep) {
      sweep.axes().forEach(axis -> visit(axis.values()));
      sweep.checks().forEach(check -> visit(check.condition()));
    } else if (declaration instanceof Declaration.Profile profile) {
      fields(profile.fields());
      profile.axes().forEach(axis -> visit(axis.values()));
    }
  }

  private void fields(List<Field> fields) {
    fields.forEach(field -> visit(field.value()));
  }

  @Override
  void visit(Expression expression) {
    found.add(expression);
    expression.accept(this);
  }

  @Override
  public Void quantity(Expression.Quantity node) {
    return null;
  }

  @Override
  public Void text(Expression.Text node) {
    return null;
  }

  @Override
  public Void truth(Expression.Truth node) {
    return null;
  }

  @Override
  public Void reference(Expression.Reference node) {
    return null;
  }

  @Override
  public Void construct(Expression.Construct node) {
    fields(node.block().fields());
    return null;
  }

  @Override
  public Void member(Expression.Member node) {
    visit(node.target());
    return null;
  }

  @Override
  public Void call(Expression.Call node) {
    visit(node.target());
    for (Argument argument : node.arguments()) {
      visit(argument.value());
      argument.comprehension().ifPresent(c -> visit(c.range()));
      argument.condition().ifPresent(this::visit);
    }
    return null;
  }

  @Override
  public Void amend(Expression.Amend node) {
    visit(node.target());
    fields(node.block().fields());
    return null;
  }
}

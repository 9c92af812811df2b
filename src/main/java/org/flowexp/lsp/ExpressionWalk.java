package org.flowexp.lsp;

import org.flowexp.syntax.Expression;

/** Visits what an expression is made of, in the order of the text. */
abstract class ExpressionWalk implements Expression.Visitor<Void> {
  /** Meets an expression, and goes on into it. */
  abstract void visit(Expression expression);

  @Override
  public Void list(Expression.ListOf node) {
    node.elements().forEach(this::visit);
    return null;
  }

  @Override
  public Void group(Expression.Group node) {
    visit(node.inner());
    return null;
  }

  @Override
  public Void index(Expression.Index node) {
    visit(node.target());
    node.indices().forEach(this::visit);
    return null;
  }

  @Override
  public Void unary(Expression.Unary node) {
    visit(node.operand());
    return null;
  }

  @Override
  public Void binary(Expression.Binary node) {
    visit(node.left());
    visit(node.right());
    return null;
  }

  @Override
  public Void conditional(Expression.Conditional node) {
    visit(node.condition());
    visit(node.then());
    visit(node.otherwise());
    return null;
  }

  @Override
  public Void range(Expression.Range node) {
    visit(node.from());
    visit(node.to());
    return null;
  }

  @Override
  public Void change(Expression.Change node) {
    visit(node.from());
    visit(node.to());
    return null;
  }
}

package org.flowexp.lsp;

import java.util.List;
import java.util.Optional;
import org.flowexp.check.Exploration;
import org.flowexp.lsp.Occurrence.Role;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Block;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.vocabulary.Vocabulary;

/** Adds the names of an expression to those found. */
final class ExpressionNames extends ExpressionWalk {
  private static final int LONGEST_CHAIN = 32;

  private final Names names;
  private final Exploration exploration;
  private final List<Occurrence> found;

  ExpressionNames(Names names, Exploration exploration, List<Occurrence> found) {
    this.names = names;
    this.exploration = exploration;
    this.found = found;
  }

  @Override
  void visit(Expression expression) {
    expression.accept(this);
  }

  /** The fields of a word; of an unknown one, their values. */
  void fields(List<Field> fields, String word) {
    for (Field field : fields) {
      if (!word.isEmpty()) {
        found.add(
            new Occurrence(
                field.name().span(),
                Role.FIELD,
                new Meant.FieldOf(word, field.name().text()),
                false));
      }
      visit(field.value());
    }
  }

  /** The word whose fields a value has; empty if there is none. */
  static String wordOf(Expression expression, Exploration exploration) {
    Expression now = expression;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (now instanceof Expression.Construct construct) {
        return construct.word().text();
      } else if (now instanceof Expression.Group group) {
        now = group.inner();
      } else if (now instanceof Expression.Amend amend) {
        now = amend.target();
      } else if (now instanceof Expression.Reference reference) {
        Optional<Expression> value =
            exploration
                .declaration(reference.name().text())
                .filter(Declaration.Value.class::isInstance)
                .map(named -> ((Declaration.Value) named).value());
        if (value.isEmpty()) {
          return "";
        }
        now = value.get();
      } else {
        return "";
      }
    }
    return "";
  }

  private void block(Block block, String word) {
    fields(block.fields(), word);
  }

  @Override
  public Void quantity(Expression.Quantity node) {
    node.unit()
        .ifPresent(
            unit ->
                unit.factors()
                    .forEach(
                        factor ->
                            found.add(
                                new Occurrence(
                                    factor.symbol().span(),
                                    Role.UNIT,
                                    new Meant.Unit(factor.symbol().text()),
                                    false))));
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
    names
        .find(node.name().text())
        .ifPresent(f -> found.add(new Occurrence(node.span(), f.role(), f.meant(), false)));
    return null;
  }

  @Override
  public Void construct(Expression.Construct node) {
    String word = node.word().text();
    if (Vocabulary.find(word).isPresent()) {
      found.add(new Occurrence(node.word().span(), Role.WORD, new Meant.Word(word), false));
    }
    block(node.block(), word);
    return null;
  }

  @Override
  public Void member(Expression.Member node) {
    visit(node.target());
    Optional<Names.Found> foreign =
        node.target() instanceof Expression.Reference reference
            ? names.member(reference.name().text(), node.name().text())
            : Optional.empty();
    Names.Found what =
        foreign.orElseGet(() -> new Names.Found(Role.FIELD, new Meant.Member(node.name().text())));
    found.add(new Occurrence(node.name().span(), what.role(), what.meant(), false));
    return null;
  }

  @Override
  public Void call(Expression.Call node) {
    visit(node.target());
    String word =
        node.target() instanceof Expression.Reference reference ? reference.name().text() : "";
    for (Argument argument : node.arguments()) {
      argument
          .name()
          .filter(name -> Vocabulary.find(word).flatMap(w -> w.parameter(name.text())).isPresent())
          .ifPresent(
              name ->
                  found.add(
                      new Occurrence(
                          name.span(), Role.FIELD, new Meant.FieldOf(word, name.text()), false)));
      argument(argument);
    }
    return null;
  }

  private void argument(Argument argument) {
    ExpressionNames inside = this;
    if (argument.comprehension().isPresent()) {
      Argument.Comprehension comprehension = argument.comprehension().get();
      visit(comprehension.range());
      Meant index = new Meant.Declared(comprehension.variable().span(), Optional.empty());
      found.add(new Occurrence(comprehension.variable().span(), Role.PARAM, index, true));
      inside = new ExpressionNames(names.with(comprehension.variable()), exploration, found);
    }
    inside.visit(argument.value());
    argument.condition().ifPresent(inside::visit);
  }

  @Override
  public Void amend(Expression.Amend node) {
    visit(node.target());
    block(node.block(), wordOf(node.target(), exploration));
    return null;
  }
}

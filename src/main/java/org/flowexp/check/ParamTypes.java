package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.ParameterType;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;
import org.flowexp.vocabulary.Vocabulary;

/**
 * Types of params, with their ranges: {@code int(16..1024)}, {@code temperature(200 K..600 K)},
 * {@code loss}, {@code one_of(…)}.
 */
final class ParamTypes {
  private static final Map<String, Dimension> MEASURES =
      Map.of(
          "real", Dimension.NONE,
          "temperature", Dimension.TEMPERATURE,
          "length", Dimension.LENGTH,
          "energy", Dimension.ENERGY,
          "time", Dimension.TIME,
          "angle", Dimension.ANGLE);
  private static final Map<String, Dimension> COUNTS =
      Map.of(
          "int",
          Dimension.NONE,
          "steps",
          Dimension.STEPS,
          "samples",
          Dimension.SAMPLES,
          "energy_evals",
          Dimension.ENERGY_EVALS);
  private static final List<String> OTHERS = List.of("loss", "one_of", "text", "truth");

  private final Elaboration elaboration;
  private final Coercion coercion;
  private final Scope scope;

  ParamTypes(Elaboration elaboration, FileScope file) {
    this.elaboration = elaboration;
    this.coercion = new Coercion(elaboration);
    this.scope = Scope.of(file, Scope.Site.PLAIN);
  }

  /** The value itself if it is of the param's type. */
  Value check(Declaration.Param param, Value value, Span span) {
    if (value instanceof Value.Poison) {
      return value;
    }
    String name = param.name().text();
    String type = param.type().name().text();
    if (type.equals("loss")) {
      return value instanceof Value.Loss
          ? value
          : elaboration.wrong(
              TypeErrors.mismatch("`" + name + "`", "a loss", value.phrase(), span));
    }
    if (type.equals("one_of")) {
      return oneOf(param, value, span);
    }
    if (type.equals("truth") || type.equals("text")) {
      ParameterType wanted =
          type.equals("truth") ? new ParameterType.Truth() : new ParameterType.Text();
      return coercion.coerce(value, wanted, name, span).isPresent() ? value : Value.Poison.POISON;
    }
    Optional<ParameterType> wanted = numeric(param);
    if (wanted.isEmpty()) {
      return Value.Poison.POISON;
    }
    return coercion.coerce(value, wanted.get(), name, span).isPresent()
        ? value
        : Value.Poison.POISON;
  }

  private Optional<ParameterType> numeric(Declaration.Param param) {
    String type = param.type().name().text();
    double[] ends = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    Dimension dimension = COUNTS.containsKey(type) ? COUNTS.get(type) : MEASURES.get(type);
    if (dimension == null) {
      List<String> known = new ArrayList<>(COUNTS.keySet());
      known.addAll(MEASURES.keySet());
      known.addAll(OTHERS);
      elaboration
          .diagnostics()
          .add(
              ValueErrors.unknownType(
                  type, param.type().name().span(), known.stream().sorted().toList()));
      return Optional.empty();
    }
    for (Expression argument : param.type().arguments()) {
      Value range = elaboration.evaluate(argument, scope);
      Optional<Object> interval =
          coercion.coerce(range, new ParameterType.Between(dimension, ".."), type, argument.span());
      if (interval.isEmpty()) {
        return Optional.empty();
      }
      ends[0] = ((org.flowexp.catalog.Interval) interval.get()).from();
      ends[1] = ((org.flowexp.catalog.Interval) interval.get()).to();
    }
    if (COUNTS.containsKey(type)) {
      long least =
          Double.isInfinite(ends[0]) ? (dimension.isNone() ? Long.MIN_VALUE : 0) : (long) ends[0];
      long most = Double.isInfinite(ends[1]) ? Long.MAX_VALUE : (long) ends[1];
      return Optional.of(new ParameterType.Whole(dimension, least, most));
    }
    return Optional.of(new ParameterType.Real(dimension, ends[0], ends[1], true));
  }

  /**
   * The value of a param, where {@code one_of(silu, tanh)} lists words of a field, and not values.
   */
  Value chosen(Declaration.Param param, Expression chosen, Scope place) {
    return isWord(param, chosen)
        ? new Value.Choice(chosen.span().text())
        : elaboration.evaluate(chosen, place);
  }

  private boolean isWord(Declaration.Param param, Expression option) {
    return param.type().name().text().equals("one_of")
        && option instanceof Expression.Reference word
        && scope.file().declaration(word.name().text()).isEmpty()
        && scope.file().imported(word.name().text()).isEmpty()
        && isChoice(word.name().text());
  }

  private static boolean isChoice(String word) {
    return Vocabulary.all().stream()
        .flatMap(definition -> definition.parameters().stream())
        .anyMatch(
            parameter ->
                parameter.type() instanceof ParameterType.Choice choice
                    && choice.words().contains(word));
  }

  private Value oneOf(Declaration.Param param, Value value, Span span) {
    List<Value> options =
        param.type().arguments().stream().map(option -> chosen(param, option, scope)).toList();
    if (options.contains(value) || options.stream().anyMatch(Value.Poison.class::isInstance)) {
      return value;
    }
    return elaboration.wrong(
        ValueErrors.unknownWord(
            span.text(),
            "an option of `" + param.name().text() + "`",
            span,
            param.type().arguments().stream().map(e -> e.span().text()).toList()));
  }
}

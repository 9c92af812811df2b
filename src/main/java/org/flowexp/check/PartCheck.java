package org.flowexp.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;
import org.flowexp.units.Dimension;

/**
 * Checks the fields of {@code word { … }} and the arguments of {@code word(…)} against the word's
 * definition.
 */
final class PartCheck {
  private final Elaboration elaboration;
  private final Scope scope;
  private final Coercion coercion;

  PartCheck(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope.at(Scope.Site.PLAIN);
    this.coercion = new Coercion(elaboration);
  }

  Value construct(Definition<?> definition, Expression.Construct node) {
    Optional<Arguments> arguments = fields(definition, node.block().fields(), node.word().span());
    return arguments
        .map(a -> finished(new Part(definition, a), node.word().span()))
        .orElse(Value.Poison.POISON);
  }

  /** {@code target with { … }}: replaced field by field. */
  Value amend(Value target, Expression.Amend node) {
    Optional<Part> part =
        target instanceof Value.Part p
            ? Optional.of(p.part())
            : target instanceof Value.Target s ? Optional.of(s.part()) : Optional.empty();
    if (part.isEmpty()) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`with`",
              "a word with fields, such as `realnvp { … }`",
              target.phrase(),
              node.target().span()));
    }
    Definition<?> definition = part.get().definition();
    Map<String, Object> values = new LinkedHashMap<>();
    boolean complete =
        read(definition, node.block().fields(), part.get().arguments().values(), values);
    Map<String, Object> merged = new LinkedHashMap<>();
    for (Parameter<?> parameter : definition.parameters()) {
      Object value =
          values.getOrDefault(
              parameter.name(), part.get().arguments().values().get(parameter.name()));
      if (value != null) {
        merged.put(parameter.name(), value);
      }
    }
    return complete
        ? finished(new Part(definition, new Arguments(merged)), node.span())
        : Value.Poison.POISON;
  }

  /** Checked fields with defaults, or empty after diagnostics. */
  Optional<Arguments> fields(Definition<?> definition, List<Field> fields, Span word) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean complete = read(definition, fields, Map.of(), values);
    List<String> written = fields.stream().map(f -> f.name().text()).toList();
    return complete(definition, values, written, complete, word);
  }

  /** Looks at the fields that are there, of which not all may be. */
  void present(Definition<?> definition, List<Field> fields) {
    read(definition, fields, Map.of(), new LinkedHashMap<>());
  }

  private Optional<Arguments> complete(
      Definition<?> definition,
      Map<String, Object> values,
      List<String> written,
      boolean complete,
      Span word) {
    List<Parameter<?>> missing = new ArrayList<>();
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (Parameter<?> parameter : definition.parameters()) {
      Object value = values.get(parameter.name());
      if (value != null) {
        ordered.put(parameter.name(), value);
      } else if (parameter.fallback().isPresent()) {
        ordered.put(parameter.name(), parameter.fallback().get());
      } else if (!parameter.optional() && !written.contains(parameter.name())) {
        missing.add(parameter);
      }
    }
    long unknown = written.stream().filter(w -> definition.parameter(w).isEmpty()).count();
    if (!missing.isEmpty() && missing.size() <= unknown) {
      // The unknown fields are these, misspelt.
      return Optional.empty();
    }
    if (!missing.isEmpty()) {
      elaboration.diagnostics().add(ValueErrors.missingFields(definition.name(), missing, word));
      return Optional.empty();
    }
    return complete ? Optional.of(new Arguments(ordered)) : Optional.empty();
  }

  /** The fields that could have been meant. */
  private static List<String> unwritten(Definition<?> definition, List<Field> fields) {
    List<String> written = fields.stream().map(f -> f.name().text()).toList();
    List<Parameter<?>> left =
        definition.parameters().stream().filter(p -> !written.contains(p.name())).toList();
    return left.stream().<String>map(Parameter::name).toList();
  }

  /** Reads in the order of the definition, since the size of a vector may be an earlier field. */
  private boolean read(
      Definition<?> definition,
      List<Field> fields,
      Map<String, Object> before,
      Map<String, Object> values) {
    Map<String, Field> byName = new LinkedHashMap<>();
    boolean complete = true;
    for (Field field : fields) {
      Name name = field.name();
      Field first = byName.putIfAbsent(name.text(), field);
      if (first != null) {
        elaboration
            .diagnostics()
            .add(ValueErrors.fieldTwice(name.text(), name.span(), first.name().span()));
        complete = false;
      } else if (definition.parameter(name.text()).isEmpty()) {
        elaboration
            .diagnostics()
            .add(
                ValueErrors.unknownField(
                    definition.name(), name.text(), name.span(), unwritten(definition, fields)));
        complete = false;
      }
    }
    for (Parameter<?> parameter : definition.parameters()) {
      Field field = byName.get(parameter.name());
      if (field != null) {
        Optional<Object> value =
            value(parameter, field.value(), values.containsKey("dim") ? values : before);
        value.ifPresent(v -> values.put(parameter.name(), v));
        complete &= value.isPresent();
      }
    }
    return complete;
  }

  private Optional<Object> value(
      Parameter<?> parameter, Expression written, Map<String, Object> known) {
    if (parameter.type() instanceof ParameterType.Choice choice) {
      return choice(choice, parameter.name(), written);
    }
    Scope site =
        parameter.type() instanceof ParameterType.Observable ? scope.at(Scope.Site.SAMPLES) : scope;
    if (parameter.type() instanceof ParameterType.FormulaOf formula
        && !formula.variable().isEmpty()) {
      OptionalInt size =
          known.get("dim") instanceof Long dim
              ? OptionalInt.of(dim.intValue())
              : OptionalInt.empty();
      Formula variable =
          new Formula.Variable(
              formula.variable(), FormulaType.number(Extent.VECTOR, Dimension.NONE));
      site = scope.with(formula.variable(), new Value.Numeric(variable, size));
    }
    return coercion.coerce(
        elaboration.evaluate(written, site), parameter.type(), parameter.name(), written.span());
  }

  private Optional<Object> choice(ParameterType.Choice choice, String field, Expression written) {
    if (written instanceof Expression.Reference word) {
      if (choice.words().contains(word.name().text())) {
        return Optional.of(word.name().text());
      }
      if (scope.file().declaration(word.name().text()).isPresent()) {
        Value value = elaboration.evaluate(written, scope);
        if (value instanceof Value.Poison) {
          return Optional.empty();
        }
        if (value instanceof Value.Choice chosen && choice.words().contains(chosen.word())) {
          return Optional.of(chosen.word());
        }
      }
      elaboration
          .diagnostics()
          .add(
              ValueErrors.unknownWord(
                  word.name().text(),
                  "a value of `" + field + "`",
                  written.span(),
                  choice.words()));
    } else if (written instanceof Expression.Text text && choice.words().contains(text.value())) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch("`" + field + "`", choice.phrase(), "a text", written.span())
                  .help("write it without quotes: `" + text.value() + "`"));
    } else {
      Value value = elaboration.evaluate(written, scope);
      if (!(value instanceof Value.Poison)) {
        elaboration
            .diagnostics()
            .add(
                TypeErrors.mismatch(
                    "`" + field + "`", choice.phrase(), value.phrase(), written.span()));
      }
    }
    return Optional.empty();
  }

  /** {@code word(first, name = value)}: the first parameters by position, the others by name. */
  Value call(Definition<?> definition, Expression.Call node) {
    List<Field> fields = new ArrayList<>();
    int position = 0;
    for (var argument : node.arguments()) {
      if (argument.name().isPresent()) {
        if (definition.parameter(argument.name().get().text()).isEmpty()) {
          return elaboration.wrong(
              TypeErrors.unknownArgument(
                  definition.name(),
                  argument.name().get().text(),
                  argument.name().get().span(),
                  definition.parameterNames()));
        }
        fields.add(new Field(argument.name().get(), argument.value(), argument.span()));
      } else if (position < definition.parameters().size()) {
        fields.add(
            new Field(
                new Name(definition.parameters().get(position++).name(), argument.span()),
                argument.value(),
                argument.span()));
      } else {
        int most = definition.parameters().size();
        return elaboration.wrong(
            TypeErrors.argumentCount(
                definition.name(),
                "at most " + most + (most == 1 ? " argument" : " arguments"),
                node.arguments().size(),
                argument.span()));
      }
    }
    return fields(definition, fields, node.target().span())
        .map(a -> finished(new Part(definition, a), node.span()))
        .orElse(Value.Poison.POISON);
  }

  private Value finished(Part part, Span span) {
    return switch (part.definition().category()) {
      case SYSTEM -> new SystemCheck(elaboration).of(part, span);
      case SAMPLER -> new SamplerCheck(elaboration).of(part, span);
      default -> new Value.Part(part);
    };
  }
}

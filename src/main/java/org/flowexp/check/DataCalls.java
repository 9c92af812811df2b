package org.flowexp.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.model.DataSource;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/** {@code sampler.draw(n)}, {@code data.take(n)}, {@code data.resample(o, to = p)} … */
final class DataCalls {
  private static final ParameterType COUNT =
      new ParameterType.Whole(Dimension.SAMPLES, 1, Long.MAX_VALUE);
  private static final ParameterType SHARE = new ParameterType.Real(Dimension.NONE, 0, 1, true);
  private static final ParameterType SEED =
      new ParameterType.Whole(Dimension.NONE, 0, Long.MAX_VALUE);

  /** What is not known of data by their configurations alone. */
  private static final List<String> NOT_OF_CONFIGURATIONS =
      List.of("log_w", "log_q", "z", "u", "log_p", "beta");

  private static final List<String> OF_DATA = List.of("take", "drop", "split", "where", "resample");

  private final Elaboration elaboration;
  private final Scope scope;
  private final Coercion coercion;

  DataCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.coercion = new Coercion(elaboration);
  }

  Value call(Value receiver, Expression.Member member, Expression.Call node) {
    String method = member.name().text();
    boolean sampler =
        receiver instanceof Value.Part part
            && part.part().definition().category() == Category.SAMPLER;
    List<String> known =
        receiver instanceof Value.Data ? OF_DATA : sampler ? List.of("draw") : List.of();
    if (!known.contains(method)) {
      return elaboration.wrong(
          NameErrors.unknownMember(receiver.phrase(), method, member.name().span(), known));
    }
    Map<String, Argument> named = new HashMap<>();
    Optional<Argument> first = Optional.empty();
    for (Argument argument : node.arguments()) {
      Set<String> names = method.equals("resample") ? Set.of("to", "seed") : Set.of();
      if (argument.name().isPresent() && !names.contains(argument.name().get().text())) {
        return elaboration.wrong(
            TypeErrors.unknownArgument(
                method, argument.name().get().text(), argument.name().get().span(), names));
      }
      if (argument.name().isPresent()) {
        named.put(argument.name().get().text(), argument);
      } else if (first.isEmpty()) {
        first = Optional.of(argument);
      } else {
        return elaboration.wrong(
            TypeErrors.argumentCount(
                method, "one argument", node.arguments().size(), argument.span()));
      }
    }
    if (first.isEmpty()) {
      return elaboration.wrong(TypeErrors.argumentCount(method, "one argument", 0, node.span()));
    }
    return switch (method) {
      case "draw" -> draw(((Value.Part) receiver).part(), first.get());
      case "take", "drop" -> part((Value.Data) receiver, method, first.get());
      case "split" -> split((Value.Data) receiver, first.get());
      case "where" ->
          condition(first.get(), (Value.Data) receiver)
              .<Value>map(c -> where((Value.Data) receiver, c))
              .orElse(Value.Poison.POISON);
      default ->
          resample(
              (Value.Data) receiver,
              first.get(),
              Optional.ofNullable(named.get("to")),
              Optional.ofNullable(named.get("seed")),
              node.span());
    };
  }

  /**
   * Of a mistake only the kind is known, from its declaration; that is enough to judge the name of
   * a method.
   */
  void name(Expression.Member member) {
    if (!(member.target() instanceof Expression.Reference receiver)) {
      return;
    }
    String kind =
        scope.file().declaration(receiver.name().text()).map(Declaration.Named::kind).orElse("");
    List<String> known =
        kind.equals("data") ? OF_DATA : kind.equals("sampler") ? List.of("draw") : List.of();
    if (!known.isEmpty() && !known.contains(member.name().text())) {
      elaboration
          .diagnostics()
          .add(
              NameErrors.unknownMember(
                  kind.equals("data") ? "data" : "a sampler",
                  member.name().text(),
                  member.name().span(),
                  known));
    }
  }

  private Value draw(Part sampler, Argument count) {
    SystemModel system = (SystemModel) sampler.arguments().values().get("system");
    long seed = (Long) sampler.arguments().values().get("seed");
    return count(count)
        .<Value>map(
            n ->
                new Value.Data(
                    new DataSource.Drawn(sampler, system, n),
                    Optional.of(system),
                    Optional.of(n),
                    seed))
        .orElse(Value.Poison.POISON);
  }

  private Optional<Long> seed(Argument argument) {
    Expression written = argument.value();
    return coercion
        .coerce(elaboration.evaluate(written, scope), SEED, "seed", written.span())
        .map(Long.class::cast);
  }

  private Optional<Long> count(Argument argument) {
    return coercion
        .coerce(
            elaboration.evaluate(argument.value(), scope),
            COUNT,
            "the number of samples",
            argument.value().span())
        .map(Long.class::cast);
  }

  private Value part(Value.Data data, String method, Argument argument) {
    Optional<Long> count = count(argument);
    if (count.isEmpty()) {
      return Value.Poison.POISON;
    }
    long n = count.get();
    if (method.equals("drop") && data.count().filter(all -> all == n).isPresent()) {
      return elaboration.wrong(CompositionErrors.dropsAll(n, argument.value().span()));
    }
    if (data.count().isPresent() && n > data.count().get()) {
      return elaboration.wrong(
          CompositionErrors.takesTooMany(method, n, data.count().get(), argument.value().span()));
    }
    return method.equals("take")
        ? new Value.Data(
            new DataSource.Taken(data.source(), n), data.system(), Optional.of(n), data.seed())
        : new Value.Data(
            new DataSource.Dropped(data.source(), n),
            data.system(),
            data.count().map(c -> c - n),
            data.seed());
  }

  private Value split(Value.Data data, Argument argument) {
    return share(argument, "the share")
        .<Value>map(share -> new Value.Halves(data, share))
        .orElse(Value.Poison.POISON);
  }

  private Optional<Double> share(Argument argument, String name) {
    Expression written = argument.value();
    return coercion
        .coerce(elaboration.evaluate(written, scope), SHARE, name, written.span())
        .map(Double.class::cast);
  }

  private static Value where(Value.Data data, Formula condition) {
    return new Value.Data(
        new DataSource.Filtered(data.source(), condition),
        data.system(),
        Optional.empty(),
        data.seed());
  }

  private Optional<Formula> condition(Argument argument, Value.Data data) {
    Value value = elaboration.evaluate(argument.value(), scope.at(Scope.Site.SAMPLES));
    if (value instanceof Value.Numeric number
        && number.formula().type().isTruth()
        && number.formula().type().extent() == Extent.BATCH) {
      Optional<String> flow =
          NOT_OF_CONFIGURATIONS.stream()
              .filter(v -> Formulas.reads(number.formula(), v))
              .findFirst();
      Span span = argument.value().span();
      Optional<Diagnostic> misfit =
          flow.map(variable -> CompositionErrors.notOfConfigurations(variable, span))
              .or(
                  () ->
                      CoordinateRange.beyond(number.formula(), data.source().dim())
                          .map(
                              index ->
                                  CompositionErrors.noCoordinate(
                                      index, "the data", data.source().dim(), span, span)));
      misfit =
          misfit.or(
              () ->
                  MoleculeFit.measures(
                      number.formula(), data.source().dim(), "the condition", span));
      misfit.ifPresent(elaboration.diagnostics()::add);
      return misfit.isPresent() ? Optional.empty() : Optional.of(number.formula());
    }
    if (!(value instanceof Value.Poison)) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "this argument",
                  "a condition on samples",
                  value.phrase(),
                  argument.value().span()));
    }
    return Optional.empty();
  }

  private Value resample(
      Value.Data data,
      Argument condition,
      Optional<Argument> to,
      Optional<Argument> seed,
      Span call) {
    Optional<Formula> marked = condition(condition, data);
    if (to.isEmpty()) {
      return elaboration.wrong(TypeErrors.argumentCount("resample", "`to = share`", 1, call));
    }
    Optional<Double> share = share(to.get(), "to");
    Optional<Long> root = seed.isEmpty() ? Optional.of(data.seed()) : seed(seed.get());
    if (marked.isEmpty() || share.isEmpty() || root.isEmpty()) {
      return Value.Poison.POISON;
    }
    return new Value.Data(
        new DataSource.Resampled(data.source(), marked.get(), share.get(), root.get()),
        data.system(),
        Optional.empty(),
        data.seed());
  }
}

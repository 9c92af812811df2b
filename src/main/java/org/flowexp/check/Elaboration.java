package org.flowexp.check;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/**
 * The values of all declarations under one choice of params. A declaration is evaluated when it is
 * first asked for, so order is free; one that comes back to itself is a mistake.
 */
final class Elaboration {
  private static final int MOST_SUGGESTIONS = 100;

  private final FileScope main;
  private final Map<String, Expression> params;
  private final Diagnostics diagnostics;
  private final IdentityHashMap<Declaration, Known> values = new IdentityHashMap<>();
  private final Budget budget;
  private final Shared shared;
  private final Deque<Set<String>> readings = new ArrayDeque<>();
  private Optional<Declaration> current = Optional.empty();
  private final Set<Declaration> cyclic =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Declaration> underWay =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * What the elaborations of one sweep's arms have in common: values that no varying param reaches.
   */
  static final class Shared {
    private final Set<String> varying;
    private final IdentityHashMap<Declaration, Known> values = new IdentityHashMap<>();
    private final Map<String, Value.Data> metricData = new HashMap<>();

    Shared(Set<String> varying) {
      this.varying = Set.copyOf(varying);
    }
  }

  /** A value, and the params that it was made of. */
  private record Known(Value value, Set<String> reads) {}

  /**
   * @param params what varies, by the name of a param of the main file
   */
  Elaboration(
      FileScope main, Map<String, Expression> params, Shared shared, Diagnostics diagnostics) {
    this.main = main;
    this.shared = shared;
    this.params = Map.copyOf(params);
    this.diagnostics = diagnostics;
    this.budget = new Budget(diagnostics);
  }

  FileScope main() {
    return main;
  }

  Map<String, Expression> params() {
    return params;
  }

  /** Data that metrics look at, by key. */
  Map<String, Value.Data> metricData() {
    return Map.copyOf(shared.metricData);
  }

  void metricData(String key, Value.Data data) {
    shared.metricData.put(key, data);
  }

  Budget budget() {
    return budget;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Reports, and stands in for the value. */
  Value wrong(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    return Value.Poison.POISON;
  }

  Value evaluate(Expression expression, Scope scope) {
    return new Evaluator(this, scope).evaluate(expression);
  }

  /** The value of a name where it stands. */
  Value lookUp(Name name, Scope scope) {
    Optional<Value> argument = scope.argument(name.text());
    if (argument.isPresent()) {
      return argument.get();
    }
    Optional<org.flowexp.expression.Formula> variable = SampleVariables.find(name.text());
    if (variable.isPresent()) {
      return scope.hasSamples() ? new Value.Numeric(variable.get()) : notHere(name, scope.file());
    }
    return inFile(name, scope.file())
        .map(found -> scope.site() == Scope.Site.METRIC ? estimator(name.text(), found) : found)
        .or(() -> inVocabulary(name.text()))
        .orElseGet(
            () ->
                name.text().equals("s")
                    ? notHere(name, scope.file())
                    : scope.file().isMissing(name.text())
                            || !scope.file().isNewlyUnknown(name.text())
                        ? Value.Poison.POISON
                        : wrong(NameErrors.unknown(name.text(), name.span(), near(scope))));
  }

  /** Once a declaration; and the file may have tried to declare the name, which was reported. */
  private Value notHere(Name name, FileScope file) {
    boolean declared = file.declaration(name.text()).isPresent();
    String place = underWay.size() + "/" + current.map(d -> d.span().start()).orElse(-1);
    return declared || !file.isNewlyUnknown(name.text() + " in " + place)
        ? Value.Poison.POISON
        : wrong(TypeErrors.notHere(name.text(), name.span()));
  }

  /** No metric can use a loss: an estimator of the same name is meant. */
  private static Value estimator(String name, Value found) {
    return found instanceof Value.LossFunction && EstimatorCalls.names().contains(name)
        ? new Value.Builtin(name)
        : found;
  }

  /** Nobody reads the hundredth suggestion, and all of them would take quadratic time. */
  private Set<String> near(Scope scope) {
    return diagnostics.size() < MOST_SUGGESTIONS ? scope.names() : Set.of();
  }

  private Optional<Value> inFile(Name name, FileScope file) {
    Optional<Declaration.Named> own = file.declaration(name.text());
    if (own.isPresent()) {
      file.use(name.text());
      return Optional.of(value(own.get(), file, name.span()));
    }
    return file.imported(name.text())
        .map(
            entry -> {
              file.use(name.text());
              return entry.declaration().isPresent()
                  ? value(entry.declaration().get(), entry.file(), name.span())
                  : new Value.Namespace(entry.file());
            });
  }

  private static Optional<Value> inVocabulary(String name) {
    if (Builtins.constant(name).isPresent()) {
      return Builtins.constant(name).map(Value.Numeric::new);
    }
    if (Builtins.isFunction(name)) {
      return Optional.of(new Value.Builtin(name));
    }
    return org.flowexp.vocabulary.Vocabulary.find(name).map(Value.Word::new);
  }

  /** The value of a declaration, evaluated once. */
  Value value(Declaration.Named declaration, FileScope file, Span use) {
    Known known = values.getOrDefault(declaration, shared.values.get(declaration));
    if (known != null) {
      read(known.reads());
      return known.value();
    }
    if (!underWay.add(declaration)) {
      cyclic.add(declaration);
      return wrong(NameErrors.cycle(declaration.name().text(), use, declaration.name().span()));
    }
    readings.push(new HashSet<>());
    if (declaration instanceof Declaration.Param && file.equals(main)) {
      read(Set.of(declaration.name().text()));
    }
    Optional<Declaration> outer = current;
    current = Optional.of(declaration);
    Value value = new Declarations(this, file).evaluate(declaration);
    current = outer;
    known = new Known(cyclic.contains(declaration) ? Value.Poison.POISON : value, readings.pop());
    underWay.remove(declaration);
    read(known.reads());
    boolean varies = known.reads().stream().anyMatch(shared.varying::contains);
    (varies ? values : shared.values).put(declaration, known);
    return known.value();
  }

  private void read(Set<String> params) {
    if (!readings.isEmpty()) {
      readings.peek().addAll(params);
    }
  }

  /**
   * What is wrong in a body only with these arguments is one mistake of the call: the body by
   * itself has been looked at where it is declared.
   */
  Value inCall(Declaration.Named called, Span call, Supplier<Value> body) {
    if (!budget.call(call)) {
      return Value.Poison.POISON;
    }
    int before = diagnostics.size();
    Value value = body.get();
    diagnostics.takeSince(before, called.span()).stream()
        .sorted(Comparator.comparing(Diagnostic::severity))
        .limit(1)
        .map(d -> d.causedAt(call, "with the arguments of this call"))
        .forEach(diagnostics::add);
    return value;
  }

  /**
   * The body of a function with its arguments; a function that reaches itself has been reported as
   * a cycle.
   */
  Value call(Value.Function function, List<Value> arguments, Scope.Site site) {
    Scope scope = function.scope().at(site);
    for (int i = 0; i < arguments.size(); i++) {
      scope = scope.with(function.formals().get(i).text(), arguments.get(i));
    }
    return evaluate(function.declaration().body(), scope);
  }

  /** All names of the main file, for messages about a kind of declaration. */
  static Set<String> namesOf(List<? extends Declaration.Named> declarations) {
    Set<String> names = new HashSet<>();
    declarations.forEach(d -> names.add(d.name().text()));
    return names;
  }
}

package org.flowexp.check;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/**
 * The values of all declarations under one choice of params. A declaration is evaluated when it is first asked for, so
 * order is free; one that comes back to itself is a mistake.
 */
final class Elaboration {
  private final FileScope main;
  private final Map<String, Expression> params;
  private final Diagnostics diagnostics;
  private final Optional<SystemModel> system;
  private final Map<Declaration, Value> values = new IdentityHashMap<>();
  private final Set<Declaration> underWay = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Declaration.Function> calls = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param params what varies, by the name of a param of the main file
   * @param system the experiment's, for metrics that need its log Z
   */
  Elaboration(FileScope main, Map<String, Expression> params, Optional<SystemModel> system, Diagnostics diagnostics) {
    this.main = main;
    this.params = Map.copyOf(params);
    this.system = system;
    this.diagnostics = diagnostics;
  }

  FileScope main() {
    return main;
  }

  Map<String, Expression> params() {
    return params;
  }

  Optional<SystemModel> system() {
    return system;
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
    return expression.accept(new Evaluator(this, scope));
  }

  /** The value of a name where it stands. */
  Value lookUp(Name name, Scope scope) {
    Optional<Value> argument = scope.argument(name.text());
    if (argument.isPresent()) {
      return argument.get();
    }
    Optional<org.flowexp.expression.Formula> variable = SampleVariables.find(name.text());
    if (variable.isPresent()) {
      return scope.hasSamples()
          ? new Value.Number(variable.get())
          : wrong(TypeErrors.notHere(name.text(), name.span()));
    }
    return inFile(name, scope.file()).or(() -> inVocabulary(name.text())).orElseGet(() -> wrong(NameErrors.unknown(name.text(), name.span(), scope.names())));
  }

  private Optional<Value> inFile(Name name, FileScope file) {
    Optional<Declaration.Named> own = file.declaration(name.text());
    if (own.isPresent()) {
      file.use(name.text());
      return Optional.of(value(own.get(), file, name.span()));
    }
    return file.imported(name.text()).map(entry -> {
      file.use(name.text());
      return entry.declaration().isPresent()
          ? value(entry.declaration().get(), entry.file(), name.span())
          : file.declaration(name.text()).isEmpty() && isNamespace(file, name.text())
              ? new Value.Namespace(entry.file())
              : Value.Poison.POISON;
    });
  }

  private static boolean isNamespace(FileScope file, String name) {
    return file.declarations(Declaration.Import.class).stream().anyMatch(i -> i.as().filter(as -> as.text().equals(name)).isPresent());
  }

  private static Optional<Value> inVocabulary(String name) {
    if (Builtins.constant(name).isPresent()) {
      return Builtins.constant(name).map(Value.Number::new);
    }
    if (Builtins.isFunction(name)) {
      return Optional.of(new Value.Builtin(name));
    }
    return org.flowexp.vocabulary.Vocabulary.find(name).map(Value.Word::new);
  }

  /** The value of a declaration, evaluated once. */
  Value value(Declaration.Named declaration, FileScope file, Span use) {
    Value known = values.get(declaration);
    if (known != null) {
      return known;
    }
    if (!underWay.add(declaration)) {
      return wrong(NameErrors.cycle(declaration.name().text(), use, declaration.name().span()));
    }
    Value value = new Declarations(this, file).evaluate(declaration);
    underWay.remove(declaration);
    values.put(declaration, value);
    return value;
  }

  /** Evaluates the body of a function unless it is under way: functions are not recursive. */
  Value call(Value.Function function, List<Value> arguments, Span span, Scope.Site site) {
    if (!calls.add(function.declaration())) {
      return wrong(CompositionErrors.recursive(function.name(), span));
    }
    Scope scope = function.scope().at(site);
    for (int i = 0; i < arguments.size(); i++) {
      scope = scope.with(function.formals().get(i).text(), arguments.get(i));
    }
    Value value = evaluate(function.declaration().body(), scope);
    calls.remove(function.declaration());
    return value;
  }

  /** All names of the main file, for messages about a kind of declaration. */
  static Set<String> namesOf(List<? extends Declaration.Named> declarations) {
    Set<String> names = new HashSet<>();
    declarations.forEach(d -> names.add(d.name().text()));
    return names;
  }
}

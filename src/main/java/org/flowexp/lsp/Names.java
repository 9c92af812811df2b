package org.flowexp.lsp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowexp.check.Exploration;
import org.flowexp.check.Reference;
import org.flowexp.lsp.Occurrence.Role;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.vocabulary.Vocabulary;

/**
 * What a name stands for at a place: variables of samples, then arguments, then the file, its
 * imports, and the words of the language.
 */
final class Names {
  private static final Set<String> WORDS =
      Reference.entries().stream()
          .filter(entry -> Set.of("function", "constant").contains(entry.group()))
          .map(Reference.Entry::name)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> VARIABLES =
      Reference.entries().stream()
          .filter(entry -> entry.group().equals("variable"))
          .map(Reference.Entry::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Exploration exploration;
  private final Map<String, Exploration.Foreign> imports;
  private final Map<String, Span> local;

  private Names(
      Exploration exploration, Map<String, Exploration.Foreign> imports, Map<String, Span> local) {
    this.exploration = exploration;
    this.imports = imports;
    this.local = Map.copyOf(local);
  }

  static Names of(Exploration exploration) {
    return new Names(exploration, exploration.imports(), Map.of());
  }

  /** What a name stands for, and its kind. */
  record Found(Role role, Meant meant) {}

  Names with(org.flowexp.syntax.Name name) {
    Map<String, Span> more = new java.util.HashMap<>(local);
    more.put(name.text(), name.span());
    return new Names(exploration, imports, more);
  }

  Optional<Found> find(String name) {
    if (local.containsKey(name)) {
      return Optional.of(
          new Found(Role.PARAM, new Meant.Declared(local.get(name), Optional.empty())));
    }
    if (VARIABLES.contains(name) && exploration.declaration(name).isEmpty()) {
      return Optional.of(new Found(Role.VARIABLE, new Meant.Word(name)));
    }
    return inFile(name)
        .or(
            () ->
                WORDS.contains(name)
                    ? Optional.of(new Found(Role.FUNCTION, new Meant.Word(name)))
                    : Optional.empty())
        .or(() -> Vocabulary.find(name).map(w -> new Found(Role.WORD, new Meant.Word(name))));
  }

  Optional<Found> inFile(String name) {
    return exploration
        .declaration(name)
        .map(Names::declared)
        .or(() -> Optional.ofNullable(imports.get(name)).map(Names::foreign));
  }

  /** A name of another file, by the name of that file here. */
  Optional<Found> member(String file, String name) {
    return local.containsKey(file)
        ? Optional.empty()
        : Optional.ofNullable(imports.get(file))
            .filter(foreign -> foreign.declaration().isEmpty())
            .flatMap(foreign -> declaredIn(foreign.file(), name));
  }

  static Optional<Found> declaredIn(org.flowexp.syntax.Document document, String name) {
    return document.declarations().stream()
        .filter(Declaration.Named.class::isInstance)
        .map(Declaration.Named.class::cast)
        .filter(named -> named.name().text().equals(name))
        .findFirst()
        .map(Names::declared);
  }

  static Found declared(Declaration.Named named) {
    return new Found(role(named), new Meant.Declared(named.name().span(), Optional.of(named)));
  }

  private static Found foreign(Exploration.Foreign foreign) {
    return foreign
        .declaration()
        .map(Names::declared)
        .orElseGet(() -> new Found(Role.FILE, new Meant.Text(foreign.file().file())));
  }

  private static Role role(Declaration.Named named) {
    boolean called =
        named instanceof Declaration.Function
            || (named instanceof Declaration.Loss loss && !loss.formals().isEmpty());
    return called ? Role.FUNCTION : named instanceof Declaration.Param ? Role.PARAM : Role.VARIABLE;
  }
}

package org.flowexp.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Generators;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;

/**
 * A file as an editor looks at it: its mistakes, and what its names and expressions mean under the
 * params' defaults, also while mistakes are left. Not for several threads.
 */
public final class Exploration {
  private final FileScope file;
  private final Library library;
  private final Generators generators;
  private final Elaboration elaboration;

  private Exploration(FileScope file, Library library, Generators generators) {
    this.file = file;
    this.library = library;
    this.generators = generators;
    this.elaboration =
        new Elaboration(file, Map.of(), new Elaboration.Shared(Set.of()), new Diagnostics());
  }

  /** Collects the names of a file and of what it imports; nothing is evaluated yet. */
  public static Exploration of(
      Document document, UnsavedTexts unsaved, Generators generators, Diagnostics diagnostics) {
    Library library = new Library(generators, unsaved);
    return new Exploration(FileScope.of(document, library, diagnostics), library, generators);
  }

  /** What a name of another file is; without a declaration it stands for the file. */
  public record Foreign(Document file, Optional<Declaration.Named> declaration) {}

  /** Reports what is wrong in the file. */
  public void check(Diagnostics diagnostics) {
    Checker.check(file, Choices.none().with(generators), diagnostics);
  }

  /** The declaration of a name in this file. */
  public Optional<Declaration.Named> declaration(String name) {
    return file.declaration(name);
  }

  /** What imports bring, by name. */
  public Map<String, Foreign> imports() {
    Map<String, Foreign> found = new LinkedHashMap<>();
    file.imports()
        .forEach(
            (name, entry) ->
                found.put(name, new Foreign(entry.file().document(), entry.declaration())));
    return found;
  }

  /** The file that an import names, if it can be read. */
  public Optional<Document> imported(Declaration.Import wanted) {
    return library.open(wanted, file.document().file(), new Diagnostics()).map(FileScope::document);
  }

  /** The libraries that come with the program. */
  public static List<String> libraries() {
    return Library.shipped();
  }

  /** What a declaration of this file or of another means, a sentence or a value each. */
  public List<String> meaning(Declaration.Named declaration, Span use) {
    Optional<FileScope.Imported> foreign =
        file.imported(declaration.name().text())
            .filter(entry -> entry.declaration().filter(declaration::equals).isPresent());
    FileScope home = foreign.map(FileScope.Imported::file).orElse(file);
    return Meaning.of(elaboration.value(declaration, home, use));
  }

  /** What an expression outside losses and metrics means. */
  public List<String> meaning(Expression expression) {
    return Meaning.of(elaboration.evaluate(expression, Scope.of(file, Scope.Site.PLAIN)));
  }

  /** What may follow the dot after an expression. */
  public List<String> members(Expression target) {
    Value value = elaboration.evaluate(target, Scope.of(file, Scope.Site.PLAIN));
    if (value instanceof Value.Namespace space) {
      return new ArrayList<>(
          Elaboration.namesOf(space.file().declarations(Declaration.Named.class)));
    }
    return Meaning.members(value);
  }
}

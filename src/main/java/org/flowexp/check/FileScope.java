package org.flowexp.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.model.Generators;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Name;

/** The names of one file: its own declarations, and what it imports. */
final class FileScope {
  private final Document document;
  private final Generators generators;
  private final Map<String, Declaration.Named> own = new LinkedHashMap<>();
  private final Map<String, Imported> imported = new LinkedHashMap<>();
  private final Set<String> missing = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> used = new HashSet<>();

  /** A name of another file, or with an empty declaration the file itself. */
  record Imported(FileScope file, Optional<Declaration.Named> declaration, Name name) {}

  private FileScope(Document document, Generators generators) {
    this.document = document;
    this.generators = generators;
  }

  static FileScope of(Document document, Library library, Diagnostics diagnostics) {
    FileScope scope = new FileScope(document, library.generators());
    for (Declaration declaration : document.declarations()) {
      if (declaration instanceof Declaration.Named named) {
        scope.declare(named, diagnostics);
      }
    }
    for (Declaration declaration : document.declarations()) {
      if (declaration instanceof Declaration.Import wanted) {
        library
            .open(wanted, document.file(), diagnostics)
            .ifPresentOrElse(
                file -> scope.take(wanted, file, diagnostics), () -> scope.missing(wanted));
      }
    }
    return scope;
  }

  private void declare(Declaration.Named named, Diagnostics diagnostics) {
    Name name = named.name();
    if (SampleVariables.names().contains(name.text())) {
      diagnostics.add(NameErrors.hidesVariable(name.text(), name.span()));
    }
    Declaration.Named first = own.putIfAbsent(name.text(), named);
    if (first != null) {
      diagnostics.add(NameErrors.declaredTwice(name.text(), name.span(), first.name().span()));
    }
  }

  private void missing(Declaration.Import wanted) {
    wanted.as().ifPresent(name -> missing.add(name.text()));
    wanted.names().forEach(name -> missing.add(name.text()));
  }

  /**
   * True if something that did not parse may have declared this name, or an import that failed was
   * meant to bring it, or one written almost like it.
   */
  boolean isMissing(String name) {
    return document.lost().contains(name)
        || missing.contains(name)
        || NearestName.of(name, missing).isPresent();
  }

  private void take(Declaration.Import wanted, FileScope file, Diagnostics diagnostics) {
    wanted
        .as()
        .ifPresent(name -> add(name, new Imported(file, Optional.empty(), name), diagnostics));
    for (Name name : wanted.names()) {
      Declaration.Named declaration = file.own.get(name.text());
      if (declaration == null) {
        if (!file.isMissing(name.text())) {
          diagnostics.add(
              NameErrors.notInLibrary(name.text(), wanted.path(), name.span(), file.own.keySet()));
        }
        missing.add(name.text());
      } else {
        add(name, new Imported(file, Optional.of(declaration), name), diagnostics);
      }
    }
    if (wanted.as().isEmpty() && wanted.names().isEmpty()) {
      file.own.forEach(
          (name, declaration) ->
              imported.putIfAbsent(
                  name, new Imported(file, Optional.of(declaration), declaration.name())));
      used.addAll(file.own.keySet());
    }
  }

  private void add(Name name, Imported entry, Diagnostics diagnostics) {
    Declaration.Named mine = own.get(name.text());
    Imported other = imported.get(name.text());
    if (mine != null) {
      diagnostics.add(NameErrors.declaredTwice(name.text(), mine.name().span(), name.span()));
    } else if (other != null) {
      diagnostics.add(NameErrors.declaredTwice(name.text(), name.span(), other.name().span()));
    } else {
      imported.put(name.text(), entry);
    }
  }

  Generators generators() {
    return generators;
  }

  Document document() {
    return document;
  }

  Optional<Declaration.Named> declaration(String name) {
    return Optional.ofNullable(own.get(name));
  }

  Optional<Imported> imported(String name) {
    return Optional.ofNullable(imported.get(name));
  }

  /** Whether the file itself declares a param of this name. */
  boolean isParam(String name) {
    return own.get(name) instanceof Declaration.Param;
  }

  /** The declarations of a kind, in file order. */
  <D extends Declaration> List<D> declarations(Class<D> kind) {
    return document.declarations().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(own.keySet());
    names.addAll(imported.keySet());
    return names;
  }

  /**
   * True the first time: a name that nothing declares is one mistake, however often it is used, and
   * so is what else has one cause in several places.
   */
  boolean isNewlyUnknown(String name) {
    return unknown.add(name);
  }

  void use(String name) {
    used.add(name);
  }

  boolean isUsed(String name) {
    return used.contains(name);
  }

  Map<String, Imported> imports() {
    return Map.copyOf(imported);
  }
}

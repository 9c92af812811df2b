package org.flowexp.lsp;

import java.util.List;
import java.util.Optional;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Name;

/** Edits of the imports of a file. */
final class Imports {
  private Imports() {}

  /** Imports one more name: into the braces of an import of the same file, or a new one. */
  static Edit adding(Document document, String path, String name) {
    List<Declaration.Import> imports =
        document.declarations().stream()
            .filter(Declaration.Import.class::isInstance)
            .map(Declaration.Import.class::cast)
            .toList();
    Optional<Name> last =
        imports.stream()
            .filter(wanted -> wanted.path().equals(path))
            .flatMap(wanted -> wanted.names().stream())
            .reduce((a, b) -> b);
    if (last.isPresent()) {
      return at(document, last.get().span().end(), ", " + name);
    }
    String line = "import \"" + path + "\" { " + name + " }";
    return imports.isEmpty()
        ? at(document, document.versionSpan().end(), "\n\n" + line)
        : at(document, imports.get(imports.size() - 1).span().end(), "\n" + line);
  }

  private static Edit at(Document document, int offset, String text) {
    return new Edit(new Span(document.file(), offset, offset), text);
  }
}

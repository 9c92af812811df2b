package org.flowexp.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Generators;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Declaration;

/**
 * Finds and parses imported files, each once: {@code std/…} among the resources, others from the
 * importing file's folder.
 */
final class Library {
  private static final List<String> SHIPPED = List.of("std/losses", "std/molecules");

  private final Map<String, Optional<FileScope>> opened = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  private final Generators generators;
  private final UnsavedTexts unsaved;

  Library(Generators generators, UnsavedTexts unsaved) {
    this.generators = generators;
    this.unsaved = unsaved;
  }

  /** The libraries that come with the program. */
  static List<String> shipped() {
    return SHIPPED;
  }

  /** What experiments may start from. */
  Generators generators() {
    return generators;
  }

  Optional<FileScope> open(Declaration.Import wanted, SourceFile from, Diagnostics diagnostics) {
    String key = wanted.path().startsWith("std/") ? wanted.path() : resolved(wanted.path(), from);
    if (underWay.contains(key)) {
      diagnostics.add(NameErrors.importCycle(wanted.path(), wanted.pathSpan()));
      return Optional.empty();
    }
    Optional<FileScope> known = opened.get(key);
    if (known == null) {
      underWay.add(key);
      known =
          read(key, wanted, from, diagnostics)
              .map(source -> FileScope.of(Parser.parse(source, diagnostics), this, diagnostics));
      underWay.remove(key);
      opened.put(key, known);
    }
    return known;
  }

  private static String resolved(String path, SourceFile from) {
    try {
      return from.folder().resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      return path;
    }
  }

  private Optional<SourceFile> read(
      String key, Declaration.Import wanted, SourceFile from, Diagnostics diagnostics) {
    try {
      if (key.startsWith("std/")) {
        try (InputStream stream =
            Library.class.getResourceAsStream("/org/flowexp/" + key + ".flowexp")) {
          if (stream != null) {
            return Optional.of(
                new SourceFile(key, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
          }
        }
      } else {
        Path file = Path.of(key).toAbsolutePath();
        Optional<String> text = unsaved.at(file);
        if (text.isPresent() || Files.isRegularFile(file)) {
          String name = Path.of(from.name()).resolveSibling(wanted.path()).normalize().toString();
          return Optional.of(
              new SourceFile(
                  name, text.isPresent() ? text.get() : Files.readString(file), file.getParent()));
        }
      }
    } catch (IOException | InvalidPathException e) {
      // Reported below as a file that cannot be imported.
    }
    diagnostics.add(NameErrors.unknownFile(wanted.path(), wanted.pathSpan(), SHIPPED));
    return Optional.empty();
  }
}

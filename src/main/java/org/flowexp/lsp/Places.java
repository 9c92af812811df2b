package org.flowexp.lsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;

/**
 * Between the places of an editor (address, line and column from 0) and those of the language (name
 * of a file, offset).
 */
final class Places {
  private static final String LIBRARY = "std/";

  private final Path libraries;
  private final Map<String, String> addresses = new HashMap<>();

  /**
   * @param libraries where the files that come with the program are laid out to be looked at
   */
  Places(Path libraries) {
    this.libraries = libraries;
  }

  /** The path of an address; empty for what lies in no file, such as a new buffer. */
  static Optional<Path> path(String address) {
    try {
      URI uri = URI.create(address);
      return "file".equals(uri.getScheme())
          ? Optional.of(Path.of(uri).toAbsolutePath().normalize())
          : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException strange) {
      return Optional.empty();
    }
  }

  /** A text with the name by which its places are found again. */
  SourceFile source(String address, String text) {
    Optional<Path> path = path(address);
    String name = path.map(Path::toString).orElse(address);
    addresses.put(name, address);
    return path.flatMap(p -> Optional.ofNullable(p.getParent()))
        .map(folder -> new SourceFile(name, text, folder))
        .orElseGet(() -> new SourceFile(name, text));
  }

  /** The address of a file, as the editor has written it if the editor has. */
  String address(SourceFile file) {
    if (file.name().startsWith(LIBRARY)) {
      return laidOut(file).toUri().toString();
    }
    String known = addresses.get(file.name());
    return known != null ? known : Path.of(file.name()).toUri().toString();
  }

  /** True for a file that comes with the program, which nobody edits. */
  static boolean isLibrary(SourceFile file) {
    return file.name().startsWith(LIBRARY);
  }

  private Path laidOut(SourceFile file) {
    Path path = libraries.resolve(file.name() + ".flowexp").toAbsolutePath();
    try {
      if (!Files.exists(path)
          || !Files.readString(path, StandardCharsets.UTF_8).equals(file.text())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.text());
      }
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write " + path, full);
    }
    return path;
  }

  Location location(Span span) {
    return new Location(address(span.file()), range(span));
  }

  static Range range(Span span) {
    return new Range(position(span.startPosition()), position(span.endPosition()));
  }

  private static Position position(org.flowexp.source.Position place) {
    return new Position(place.line() - 1, place.column() - 1);
  }

  static int offset(SourceFile file, Position position) {
    return file.offset(
        new org.flowexp.source.Position(position.getLine() + 1, position.getCharacter() + 1));
  }
}

package org.flowexp.lsp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.check.UnsavedTexts;
import org.flowexp.model.Generators;
import org.flowexp.syntax.Declaration;

/** The texts that are open in the editor, and the files around them. One thread uses it. */
final class Desk {
  private static final int MOST_FILES = 500;
  private static final int DEEPEST = 8;

  private final Places places;
  private final Generators generators;
  private final Map<String, Sheet> sheets = new LinkedHashMap<>();
  private final List<Path> folders = new ArrayList<>();

  Desk(Places places, Generators generators) {
    this.places = places;
    this.generators = generators;
  }

  /** An open text. */
  private static final class Sheet {
    private final String text;
    private final int version;
    private Optional<Reading> reading = Optional.empty();

    Sheet(String text, int version) {
      this.text = text;
      this.version = version;
    }
  }

  Places places() {
    return places;
  }

  /** Looks for names in the files of this folder, too. */
  void folder(Path folder) {
    folders.add(folder);
  }

  /** Opens a text, or replaces it by a newer one. */
  void put(String address, String text, int version) {
    sheets.put(address, new Sheet(text, version));
    forgetImporters();
  }

  void close(String address) {
    sheets.remove(address);
    forgetImporters();
  }

  /** Files that import files may have read the one that changes. */
  void forgetImporters() {
    sheets.values().stream()
        .filter(sheet -> sheet.reading.filter(Desk::importsFiles).isPresent())
        .forEach(sheet -> sheet.reading = Optional.empty());
  }

  private static boolean importsFiles(Reading reading) {
    return reading.document().declarations().stream()
        .anyMatch(
            declaration ->
                declaration instanceof Declaration.Import wanted
                    && !wanted.path().startsWith("std/"));
  }

  boolean isOpen(String address) {
    return sheets.containsKey(address);
  }

  List<String> addresses() {
    return List.copyOf(sheets.keySet());
  }

  int version(String address) {
    return sheets.get(address).version;
  }

  /** What the newest text says; empty if it is not open. */
  Optional<Reading> reading(String address) {
    Sheet sheet = sheets.get(address);
    if (sheet == null) {
      return Optional.empty();
    }
    if (sheet.reading.isEmpty()) {
      sheet.reading = Optional.of(read(address, sheet.text));
    }
    return sheet.reading;
  }

  /** The same of another text in its place. */
  Reading read(String address, String text) {
    return Reading.of(places.source(address, text), unsaved(), generators);
  }

  private UnsavedTexts unsaved() {
    return file ->
        sheets.entrySet().stream()
            .filter(
                entry -> Places.path(entry.getKey()).filter(file.normalize()::equals).isPresent())
            .map(entry -> entry.getValue().text)
            .findFirst();
  }

  /** All texts in which a name could be used: the open ones, and the files of the folders. */
  List<Reading> everything() {
    List<Reading> all = new ArrayList<>();
    addresses().forEach(address -> reading(address).ifPresent(all::add));
    for (Path file : files()) {
      boolean open =
          addresses().stream().anyMatch(a -> Places.path(a).filter(file::equals).isPresent());
      if (!open) {
        text(file).ifPresent(text -> all.add(read(file.toUri().toString(), text)));
      }
    }
    return all;
  }

  private List<Path> files() {
    return folders.stream().flatMap(folder -> files(folder).stream()).distinct().toList();
  }

  /** A folder that cannot be read holds no names that could be shown. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
      return walk.filter(file -> file.toString().endsWith(".flowexp"))
          .filter(file -> !hidden(folder.relativize(file)))
          .limit(MOST_FILES)
          .map(file -> file.toAbsolutePath().normalize())
          .toList();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static boolean hidden(Path file) {
    for (Path part : file) {
      String name = part.toString();
      if (name.startsWith(".") || name.equals("target") || name.equals("node_modules")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}

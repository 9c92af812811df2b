package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The processes that use an embedded server: one file each, so the last to leave can tell that it
 * is the last.
 */
final class StoreUsers {
  private final Path folder;

  StoreUsers(Path store) {
    this.folder = store.resolve("users");
  }

  /** Registers the calling process; deleting the returned file signs it off. */
  Path enter() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(UUID.randomUUID() + ".json");
    TrackingJson.write(file, ProcessIdentity.of(ProcessHandle.current()));
    return file;
  }

  boolean isEmpty() throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    boolean empty = true;
    for (Path file : files()) {
      if (TrackingJson.MAPPER.readValue(file.toFile(), ProcessIdentity.class).alive().isPresent()) {
        empty = false;
      } else {
        Files.delete(file);
      }
    }
    return empty;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }
}

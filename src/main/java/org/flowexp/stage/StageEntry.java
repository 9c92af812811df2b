package org.flowexp.stage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.checkpoint.SealedFile;

/**
 * The folder of one finished stage: {@code result.flowexp}, a {@link SealedFile}, and {@code
 * stage.json}, what it is a result of. The folder appears under its name whole, or not at all.
 *
 * @param seconds that the work took
 */
public record StageEntry(
    Path folder, String kind, String name, String key, Map<String, String> traits, double seconds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "stage.json";
  static final String RESULT = "result.flowexp";
  private static final String STAGE = "stage";

  /** What is said of a stage, without its result; empty if there is none. */
  static Optional<StageEntry> find(Path folder) throws Refusal {
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(folder.resolve(MANIFEST)));
      Map<String, String> traits = new LinkedHashMap<>();
      tree.path("traits").properties().forEach(e -> traits.put(e.getKey(), e.getValue().asText()));
      return Optional.of(
          new StageEntry(
              folder,
              tree.path("kind").asText(),
              tree.path("name").asText(),
              tree.path("key").asText(),
              traits,
              tree.path("seconds").asDouble()));
    } catch (JacksonException damaged) {
      throw new Refusal("its " + MANIFEST + " is damaged");
    } catch (NoSuchFileException missing) {
      if (Files.isDirectory(folder)) {
        throw new Refusal("its " + MANIFEST + " is missing");
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new Refusal("its " + MANIFEST + " cannot be read: " + unreadable.getMessage());
    }
  }

  /** The result, checked. */
  <T> T read(Stage<T> stage) throws Refusal {
    if (!kind.equals(stage.kind()) || !key.equals(stage.key())) {
      throw new Refusal("it is of " + kind + " " + key);
    }
    try {
      Archive archive = SealedFile.read(folder.resolve(RESULT));
      if (!archive.text(STAGE).equals(stage.id())) {
        throw new Refusal("its result is of " + archive.text(STAGE));
      }
      return stage.form().orElseThrow().read(archive.part("result/"));
    } catch (Refusal reason) {
      throw reason;
    } catch (NoSuchFileException missing) {
      throw new Refusal("its " + RESULT + " is missing");
    } catch (IOException unreadable) {
      throw new Refusal("its " + RESULT + " cannot be read: " + unreadable);
    }
  }

  /** When it was last read or made: the time of its manifest. */
  FileTime used() throws IOException {
    return Files.getLastModifiedTime(folder.resolve(MANIFEST));
  }

  /** Notes that it is used. In a folder of somebody else's it cannot be noted, and need not. */
  void touch() {
    try {
      Files.setLastModifiedTime(folder.resolve(MANIFEST), FileTime.from(Instant.now()));
    } catch (IOException foreign) {
      return;
    }
  }

  /** Removes it. */
  void delete() throws IOException {
    remove(folder);
  }

  /** Writes a result, in place of what is there. */
  static <T> void write(Path folder, Stage<T> stage, T result, double seconds) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    removeDrafts(parent, stage.id());
    Path draft = parent.resolve("." + stage.id() + "." + UUID.randomUUID() + ".part");
    Files.createDirectory(draft);
    try {
      Archive archive =
          new Archive.Builder()
              .text(STAGE, stage.id())
              .all("result/", stage.form().orElseThrow().write(result))
              .build();
      SealedFile.write(draft.resolve(RESULT), archive);
      SealedFile.replace(draft.resolve(MANIFEST), manifest(stage, seconds));
      if (Files.exists(folder)) {
        remove(folder);
      }
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      SealedFile.forceFolder(parent);
    } finally {
      remove(draft);
    }
  }

  private static byte[] manifest(Stage<?> stage, double seconds) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("format", 1).put("kind", stage.kind()).put("name", stage.name());
    tree.put("key", stage.key()).put("seconds", seconds);
    ObjectNode traits = tree.putObject("traits");
    stage.traits().forEach(traits::put);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
  }

  /** Left by a process that died while it wrote; nobody else writes this stage now. */
  private static void removeDrafts(Path parent, String id) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      for (Path file : files.filter(f -> isDraft(f, id)).toList()) {
        remove(file);
      }
    }
  }

  private static boolean isDraft(Path file, String id) {
    String name = file.getFileName().toString();
    return name.startsWith("." + id) && name.endsWith(".part");
  }

  private static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}

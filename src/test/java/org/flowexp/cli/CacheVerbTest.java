package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheVerbTest {
  @TempDir private Path directory;

  private Terminal.Answer run(String... arguments) {
    return Terminal.offline(directory).run(arguments);
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--format";
    all[arguments.length + 1] = "json";
    Terminal.Answer result = run(all);
    assertEquals(ExitCode.OK, result.code(), result.err());
    return new ObjectMapper().readTree(result.out());
  }

  private void age(JsonNode stage) throws IOException {
    String id = stage.get("kind").asText() + "-" + stage.get("key").asText();
    Path manifest = directory.resolve(".flowexp/stages").resolve(id).resolve("stage.json");
    Files.setLastModifiedTime(manifest, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
  }

  @Test
  void stagesAreListedExplainedAndPrunedButNotThoseOfALiveProcess() throws IOException {
    Path toy = Path.of("src/test/resources/diagnostics/FX0201-unknown-name/fixed.flowexp");
    Files.copy(toy, directory.resolve("toy.flowexp"));
    assertEquals(ExitCode.OK, run("run", "toy.flowexp").code());
    JsonNode stages = json("cache").get("stages");
    // One data set, two phases and two evaluations of each of three seeds.
    assertEquals(13, stages.size());
    JsonNode data =
        stages.findParents("kind").stream()
            .filter(stage -> stage.get("kind").asText().equals("data"))
            .findFirst()
            .orElseThrow();
    JsonNode phase =
        stages.findParents("kind").stream()
            .filter(stage -> stage.get("kind").asText().equals("phase"))
            .findFirst()
            .orElseThrow();
    assertEquals(3, json("cache", "why", data.get("key").asText()).get("runs").size());
    assertEquals(1, json("cache", "why", phase.get("key").asText()).get("runs").size());
    assertEquals(ExitCode.USAGE, run("cache", "why", "zzz").code());
    assertEquals(ExitCode.USAGE, run("cache", "prune").code());

    age(data);
    age(phase);
    Terminal.Answer dry = run("cache", "prune", "--older-than", "30d");
    assertTrue(dry.out().contains("2 stages"), dry.out());
    assertEquals(13, json("cache").get("stages").size(), "nothing is removed unless told");
    assertEquals(ExitCode.OK, run("run", "toy.flowexp").code());
    assertEquals(0, json("cache", "prune", "--older-than", "30d").get("stages").size(), "used");

    age(data);
    age(phase);
    Path lock =
        directory.resolve(".flowexp/stages/locks").resolve("data-" + data.get("key").asText());
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      JsonNode pruned = json("cache", "prune", "--older-than", "30d", "--yes");
      assertEquals(
          List.of(phase.get("key").asText()), pruned.get("stages").findValuesAsText("key"));
      assertEquals(List.of(data.get("key").asText()), pruned.get("in_use").findValuesAsText("key"));
    }
    assertEquals(12, json("cache").get("stages").size());
    run("cache", "prune", "--max-size", "0kB", "--yes");
    assertEquals(0, json("cache").get("stages").size());
    Terminal.Answer again = run("run", "toy.flowexp");
    assertEquals(ExitCode.OK, again.code(), again.err());
    assertFalse(again.err().contains("cached"), again.err());
  }
}

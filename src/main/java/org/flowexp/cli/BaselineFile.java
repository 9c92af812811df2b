package org.flowexp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowexp.claim.Baselines;

/** {@code baselines/<name>.json} beside an experiment's file: what is recorded of it. */
final class BaselineFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Path file;

  private BaselineFile(Path file) {
    this.file = file;
  }

  /** Of the experiment in this file. */
  static BaselineFile of(Path experiment) {
    Path folder = experiment.toAbsolutePath().normalize().getParent();
    return new BaselineFile(
        folder.resolve("baselines").resolve(Checking.stem(experiment.toString()) + ".json"));
  }

  Path path() {
    return file;
  }

  /**
   * All entries; none if there is no file.
   *
   * @throws UsageProblem if it is damaged
   */
  List<Baselines.Entry> read() throws UsageProblem {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      JsonNode entries = MAPPER.readTree(file.toFile()).path("baselines");
      return Arrays.asList(MAPPER.treeToValue(entries, Baselines.Entry[].class));
    } catch (IOException damaged) {
      throw new UsageProblem("the baseline " + file + " cannot be read: " + damaged.getMessage());
    }
  }

  /** Adds entries; those of the same arms under the same conditions are replaced. */
  void record(List<Baselines.Entry> recorded) throws UsageProblem, IOException {
    List<Baselines.Entry> all = new ArrayList<>(read());
    all.removeIf(old -> recorded.stream().anyMatch(old::isReplacedBy));
    all.addAll(recorded);
    Files.createDirectories(file.getParent());
    MAPPER.writeValue(
        file.toFile(), MAPPER.createObjectNode().set("baselines", MAPPER.valueToTree(all)));
    Files.writeString(file, "\n", java.nio.file.StandardOpenOption.APPEND);
  }
}

package org.flowexp.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.checkpoint.SealedFile;

/**
 * The records of finished runs: {@code runs/<id>.json} in the cache folder, beside the stages that
 * hold their parameters.
 */
public final class FinishedRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path stages;

  /** In the cache folder of the settings. */
  public FinishedRuns(Path cache) {
    this.folder = cache.resolve("runs");
    this.stages = stages(cache);
  }

  /** Where in a cache folder the stages are. */
  public static Path stages(Path cache) {
    return cache.resolve("stages");
  }

  /** Writes a record, in place of an older one of the same run. */
  public void keep(FinishedRun run) throws IOException {
    Files.createDirectories(folder);
    SealedFile.replace(
        folder.resolve(run.id() + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(run)));
  }

  /** All records that can be read, newest first. */
  public List<FinishedRun> all() throws IOException {
    List<FinishedRun> runs = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
          runs.add(run(JSON.readTree(Files.readAllBytes(file))));
        }
      }
    }
    return FinishedRun.newestFirst(runs);
  }

  /**
   * The runs that a reference may mean, newest first: one, or several of the same name, or by a
   * beginning that is too short.
   *
   * @param reference a name, or at least six digits of an id or a hash
   */
  public List<FinishedRun> find(String reference) throws IOException {
    return all().stream().filter(run -> run.isCalled(reference)).toList();
  }

  /** Where the result of a run's last phase is. */
  public Path result(FinishedRun run) {
    return stages.resolve("phase-" + run.phase()).resolve("result.flowexp");
  }

  /**
   * The parameters at the end of a run, checked against its record.
   *
   * @throws Refusal if they are damaged, or those of another run
   */
  public double[] parameters(FinishedRun run) throws IOException {
    double[] parameters = parameters(result(run));
    if (!PhaseRecord.checksum(parameters).equals(run.parameters())) {
      throw new Refusal("its parameters are not those of the run");
    }
    return parameters;
  }

  /**
   * The parameters of a kept phase, or of a checkpoint of one under way.
   *
   * @throws Refusal if the file is damaged, or holds none
   */
  public static double[] parameters(Path file) throws IOException {
    Archive archive = SealedFile.read(file);
    for (String name : List.of("result/parameters", "state/training/parameters")) {
      if (archive.names().contains(name)) {
        return archive.doubles(name);
      }
    }
    throw new Refusal("it holds no parameters");
  }

  /**
   * The canonical form of the flow that a checkpoint is of.
   *
   * @throws Refusal if the file is damaged, or does not say
   */
  public static String architecture(Path file) throws IOException {
    return SealedFile.read(file).text("state/architecture");
  }

  private static ObjectNode tree(FinishedRun run) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("format", 1).put("id", run.id()).put("hash", run.hash()).put("name", run.name());
    tree.put("precision", run.arithmetic()).put("phase", run.phase());
    tree.put("parameters", run.parameters()).put("energy_evals", run.energyEvaluations());
    tree.put("finished", run.finished());
    run.axes().forEach(tree.putObject("axes")::put);
    run.params().forEach(tree.putObject("params")::put);
    run.metrics().forEach(tree.putObject("metrics")::put);
    tree.put("architecture", run.architecture()).put("canonical", run.canonical());
    run.source()
        .ifPresent(
            source -> {
              ObjectNode node = tree.putObject("source");
              node.put("file", source.file()).put("folder", source.folder());
              source.settings().forEach(node.putArray("settings")::add);
              source.profile().ifPresent(profile -> node.put("profile", profile));
              source.experiment().ifPresent(experiment -> node.put("experiment", experiment));
              node.put("text", source.text());
            });
    return tree;
  }

  private static FinishedRun run(JsonNode tree) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    tree.path("metrics").properties().forEach(e -> metrics.put(e.getKey(), number(e.getValue())));
    return new FinishedRun(
        text(tree, "id"),
        text(tree, "hash"),
        text(tree, "name"),
        text(tree, "precision"),
        texts(tree.path("axes")),
        texts(tree.path("params")),
        text(tree, "canonical"),
        text(tree, "architecture"),
        text(tree, "phase"),
        text(tree, "parameters"),
        metrics,
        tree.path("energy_evals").asLong(),
        tree.path("finished").asLong(),
        tree.has("source") ? Optional.of(source(tree.path("source"))) : Optional.empty());
  }

  /** Jackson writes NaN and the infinities as texts. */
  private static double number(JsonNode value) {
    return value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
  }

  private static RunSource source(JsonNode node) {
    List<String> settings = new ArrayList<>();
    node.path("settings").forEach(setting -> settings.add(setting.asText()));
    return new RunSource(
        text(node, "file"),
        text(node, "folder"),
        text(node, "text"),
        settings,
        Optional.ofNullable(node.get("profile")).map(JsonNode::asText),
        Optional.ofNullable(node.get("experiment")).map(JsonNode::asText));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}

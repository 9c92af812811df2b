package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.TrainedFlow;
import org.flowexp.model.ExperimentModel;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export RUN}: the flow of a finished run for other programs. */
@Command(
    name = "export",
    description = {
      "Writes the flow of a finished run, and its target, as a TensorFlow SavedModel.",
      "Signatures: sample (count, seed [2]) -> x, log_q, u; log_prob (x) -> log_q, z;",
      "energy (x) -> u, in kT. Python: tf.saved_model.load(DIR).signatures[\"sample\"]."
    })
final class ExportVerb extends Verb {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "RUN", description = "SWEEP/ARM, or the start of an id or hash")
  private String reference = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a folder that is not there yet")
  private String out = "";

  ExportVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Path folder = checked();
    Settings settings = Settings.load(Map.of(), host());
    Path cache = settings.folder(Setting.CACHE);
    FinishedRuns runs = new FinishedRuns(cache);
    RunLookup.Answer answer = new RunLookup(runs).find(reference);
    FinishedRun run =
        answer.run().orElseThrow(() -> new UsageProblem(answer.problem() + "; " + answer.hint()));
    RunSettings how = Computing.ofKept(run, settings, host());
    ExperimentModel experiment = KeptExperiment.of(run, settings);
    double[] parameters = SampleVerb.parameters(runs, run);
    MemoryStore store =
        new MemoryStore(new DiskStore(FinishedRuns.stages(cache), host().err()::println));
    Path draft = folder.resolveSibling("." + folder.getFileName() + ".part");
    try {
      remove(draft);
      TrainedFlow.export(draft, experiment, parameters, how, store);
      Path extra = Files.createDirectories(draft.resolve("assets.extra"));
      ObjectNode about = about(run, experiment.system().dim());
      Files.writeString(extra.resolve("flowexp.json"), about.toPrettyString() + "\n");
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      print(run, about);
    } catch (IOException failure) {
      throw new RunFailure("`" + out + "` cannot be written: " + failure, failure);
    } finally {
      remove(draft);
    }
    return ExitCode.OK;
  }

  private Path checked() throws UsageProblem {
    Path folder = host().path(out).toAbsolutePath().normalize();
    if (Files.exists(folder)) {
      throw new UsageProblem("`--out " + out + "` is there already; give a new folder");
    }
    if (folder.getParent() == null || !Files.isDirectory(folder.getParent())) {
      throw new UsageProblem("there is no folder " + folder.getParent() + " for `--out`");
    }
    return folder;
  }

  private static ObjectNode about(FinishedRun run, int dim) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("run", run.id()).put("name", run.name()).put("hash", run.hash());
    tree.put("precision", run.precision()).put("dim", dim).put("energy_unit", "kT");
    return tree;
  }

  private void print(FinishedRun run, ObjectNode about) {
    switch (format()) {
      case JSON -> host().out().println(about.put("out", out).toPrettyString());
      case TEXT ->
          host()
              .out()
              .println(
                  "%s: `%s` as a SavedModel in %s%npython: tf.saved_model.load(\"%s\").signatures[\"log_prob\"](x=...)"
                      .formatted(out, run.name(), run.precision(), out));
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }
}

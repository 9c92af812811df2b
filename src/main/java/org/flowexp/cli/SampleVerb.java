package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.flowexp.data.NpzWriter.Width;
import org.flowexp.data.PdbWriter;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.TrainedFlow;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SystemModel;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import org.flowexp.statistics.Spread;
import org.flowexp.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sample RUN}: draws from the flow of a finished run. */
@Command(
    name = "sample",
    description = {
      "Draws from the flow of a finished run into a .npz file: x, log_q, log_w, u, energy;",
      "or of a molecule into .pdb or .dcd, positions alone.",
      "The same run, seed and count give the same numbers."
    })
final class SampleVerb extends Verb {
  private static final int POOL = 10;

  @Parameters(paramLabel = "RUN", description = "SWEEP/ARM, or the start of an id or hash")
  private String reference = "";

  @Option(names = "--count", paramLabel = "N", required = true, description = "rows of the file")
  private long count;

  @Option(names = "--out", paramLabel = "S.npz", required = true, description = "or S.pdb, S.dcd")
  private String out = "";

  @Option(
      names = "--resampled",
      description = "takes rows of a larger pool by their weights; they then count alike")
  private boolean resampled;

  @Option(
      names = "--pool",
      paramLabel = "M",
      description = "draws to resample from; ten times the count unless told")
  private Optional<Long> pool = Optional.empty();

  @Option(names = "--seed", paramLabel = "K", description = "0 unless told")
  private long seed;

  @Option(names = "--device", paramLabel = "cpu|gpu|gpu:1", description = "where to compute")
  private Optional<String> device = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "on the processor; 0: all cores")
  private Optional<String> threads = Optional.empty();

  SampleVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    SampleFormat as =
        SampleFormat.of(out)
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "`--out " + out + "`: expected a file ending in .npz, .pdb or .dcd"));
    Path file = checked(as);
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    device.ifPresent(text -> given.put(Setting.DEVICE, text));
    threads.ifPresent(text -> given.put(Setting.THREADS, text));
    Settings settings = Settings.load(given, host());
    FinishedRuns runs = new FinishedRuns(settings.folder(Setting.CACHE));
    RunLookup.Answer answer = new RunLookup(runs).find(reference);
    FinishedRun run =
        answer.run().orElseThrow(() -> new UsageProblem(answer.problem() + "; " + answer.hint()));
    Precision precision = Precision.of(run.precision());
    RunSettings how = Computing.ofKept(run, settings, host());
    ExperimentModel experiment = KeptExperiment.of(run, settings);
    if (as.isOfAtoms() && !(experiment.system() instanceof SystemModel.Molecular)) {
      throw new UsageProblem(
          "`--out "
              + out
              + "` holds atoms, and `"
              + experiment.system().name()
              + "` is no molecule; write .npz");
    }
    double[] parameters = parameters(runs, run);
    MemoryStore store =
        new MemoryStore(
            new DiskStore(
                FinishedRuns.stages(settings.folder(Setting.CACHE)), host().err()::println));
    try (TrainedFlow flow = TrainedFlow.open(experiment, parameters, how, store)) {
      Width width = precision == Precision.FLOAT32 ? Width.FLOAT32 : Width.FLOAT64;
      SampleFile samples = new SampleFile(flow, as, width, seed);
      SampleFile.Drawn drawn =
          resampled
              ? samples.resampled(file, count, pool.orElse(POOL * count))
              : samples.plain(file, count);
      print(as, run, flow, drawn);
    } catch (PdbWriter.Unfit unfit) {
      throw new RunFailure(unfit.getMessage() + "; write .dcd or .npz", unfit);
    } catch (IOException failure) {
      throw new RunFailure("`" + out + "` cannot be written: " + failure);
    }
    return ExitCode.OK;
  }

  private Path checked(SampleFormat as) throws UsageProblem {
    if (count < 1) {
      throw new UsageProblem("`--count " + count + "`: expected at least 1");
    }
    if (!resampled && pool.isPresent()) {
      throw new UsageProblem("`--pool` is what `--resampled` takes its rows from; add it");
    }
    if (pool.isPresent() && pool.get() < count) {
      throw new UsageProblem("`--pool " + pool.get() + "`: expected at least the count, " + count);
    }
    if (count > Long.MAX_VALUE / (1L << 20)) {
      throw new UsageProblem("`--count " + count + "`: no disk has room for it");
    }
    if (count > as.most()) {
      throw new UsageProblem(
          "`--count " + count + "`: such a file has at most " + as.most() + " configurations");
    }
    Path file = host().path(out).toAbsolutePath();
    if (!Files.isDirectory(file.getParent())) {
      throw new UsageProblem("there is no folder " + file.getParent() + " for `--out`");
    }
    if (!Files.isWritable(file.getParent()) || Files.isDirectory(file)) {
      throw new UsageProblem("`--out " + out + "` cannot be written");
    }
    return file;
  }

  static double[] parameters(FinishedRuns runs, FinishedRun run) throws RunFailure {
    try {
      return runs.parameters(run);
    } catch (NoSuchFileException gone) {
      throw new RunFailure(
          "the parameters of `" + run.name() + "` are no longer in the cache; run it again");
    } catch (IOException refusal) {
      throw new RunFailure(
          "the parameters of `" + run.name() + "` are refused: " + refusal.getMessage());
    }
  }

  private void print(SampleFormat as, FinishedRun run, TrainedFlow flow, SampleFile.Drawn drawn) {
    switch (format()) {
      case JSON -> host().out().println(json(run, flow, drawn).toPrettyString());
      case TEXT -> text(as, run, flow.dim(), drawn);
    }
  }

  private void text(SampleFormat as, FinishedRun run, int dim, SampleFile.Drawn drawn) {
    String rows = count + " rows of " + dim + " numbers";
    host().out().println(out + ": " + rows + " from `" + run.name() + "`, seed " + seed);
    String effective =
        "effective sample size "
            + Spread.figure(drawn.effective())
            + " of "
            + drawn.pool()
            + " draws ("
            + Spread.figure(100 * drawn.effective() / (double) drawn.pool())
            + " %), log Z "
            + Spread.figure(drawn.logZ());
    host().out().println(effective);
    if (resampled) {
      String same = drawn.distinct() < count ? ", the others are repeated" : "";
      host().out().println("resampled: " + drawn.distinct() + " different draws" + same);
      host()
          .out()
          .println(
              as.isOfAtoms()
                  ? "the configurations count alike"
                  : "the rows count alike; log_w is what they weighed before");
    } else {
      host()
          .out()
          .println(
              as.isOfAtoms()
                  ? "as the flow draws them: their log_w is in the .npz of the same count and seed"
                  : "log_w weighs the rows for averages over the target");
    }
  }

  private ObjectNode json(FinishedRun run, TrainedFlow flow, SampleFile.Drawn drawn) {
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("run", run.id()).put("name", run.name()).put("hash", run.hash()).put("out", out);
    tree.put("count", count).put("dim", flow.dim()).put("seed", seed);
    tree.put("precision", run.precision()).put("energy_unit", flow.isMolecule() ? "kJ/mol" : "kT");
    tree.put("resampled", resampled).put("pool", drawn.pool()).put("distinct", drawn.distinct());
    tree.put("effective_sample_size", drawn.effective()).put("log_z", drawn.logZ());
    return tree;
  }
}

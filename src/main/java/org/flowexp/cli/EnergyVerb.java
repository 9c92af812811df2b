package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.data.Configurations;
import org.flowexp.data.NpzWriter;
import org.flowexp.data.Samples;
import org.flowexp.data.UnreadableTrajectory;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.RunSettings;
import org.flowexp.lower.EnergyEndpoint;
import org.flowexp.model.Suite;
import org.flowexp.model.SystemModel;
import org.flowexp.source.SourceFile;
import org.flowexp.statistics.Spread;
import org.flowexp.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code energy FILE}: energies and forces of given configurations. */
@Command(
    name = "energy",
    description = {
      "Energies and forces of given configurations, into a .npz file: u, energy, forces,",
      "and of a molecule each term. Positions in nm, in any pose; energies in kJ/mol, u in kT."
    })
final class EnergyVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Option(names = "--system", paramLabel = "S", required = true, description = "one of the file")
  private String system = "";

  @Option(
      names = "--in",
      paramLabel = "X.npz",
      required = true,
      description = "with an array x; or .dcd, .xtc")
  private String in = "";

  @Option(names = "--out", paramLabel = "E.npz", required = true, description = "the file made")
  private String out = "";

  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  EnergyVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(compute.given(), host());
    Checking checking = new Checking(host());
    SourceFile source = checking.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Optional<Suite> suite =
        Checking.check(
            source,
            Checking.choices(params.values(), params.profile(), Optional.empty(), diagnostics)
                .with(new KeptGenerators(settings)),
            diagnostics);
    if (suite.isEmpty() || diagnostics.hasErrors()) {
      checking.print(diagnostics);
      return ExitCode.REJECTED;
    }
    SystemModel model = Checking.named(file, "system", system, suite.get().systems());
    Path target = target();
    Samples samples = samples(model);
    Precision numbers = Precision.of(settings.text(Setting.PRECISION));
    RunSettings how = Computing.here(settings, host(), false);
    Map<String, double[]> arrays;
    try (EnergyEndpoint energies =
        EnergyEndpoint.open(model, numbers, how.session(how.threads()))) {
      arrays = energies.at(samples.values());
    }
    try {
      write(target, model, samples.count(), arrays, numbers);
    } catch (IOException failure) {
      throw new RunFailure("`" + out + "` cannot be written: " + failure);
    }
    print(model, samples.count(), arrays, numbers);
    return ExitCode.OK;
  }

  private Path target() throws UsageProblem {
    if (!out.endsWith(".npz")) {
      throw new UsageProblem("`--out " + out + "`: expected a file ending in .npz");
    }
    Path target = host().path(out).toAbsolutePath();
    if (!Files.isDirectory(target.getParent())) {
      throw new UsageProblem("there is no folder " + target.getParent() + " for `--out`");
    }
    return target;
  }

  private Samples samples(SystemModel model) throws UsageProblem {
    Path path = host().path(in);
    if (!Files.isRegularFile(path)) {
      throw new UsageProblem("there is no file `" + in + "` for `--in`");
    }
    Samples samples;
    try {
      samples = Configurations.read(path);
    } catch (UnreadableTrajectory unreadable) {
      throw new UsageProblem(
          "`--in " + in + "` " + unreadable.getMessage() + "; " + unreadable.remedy());
    } catch (IOException wrong) {
      throw new UsageProblem(
          "`--in " + in + "`: expected an .npz file with an array `x`; " + wrong.getMessage());
    }
    if (samples.dim() != model.width()) {
      throw new UsageProblem(
          "`x` has "
              + samples.dim()
              + " numbers a row; a configuration of `"
              + system
              + "` has "
              + model.width());
    }
    return samples;
  }

  private static void write(
      Path target, SystemModel model, int count, Map<String, double[]> arrays, Precision precision)
      throws IOException {
    NpzWriter.Width width =
        precision == Precision.FLOAT32 ? NpzWriter.Width.FLOAT32 : NpzWriter.Width.FLOAT64;
    List<Long> vectors =
        model instanceof SystemModel.Molecular
            ? List.of((long) count, model.width() / 3L, 3L)
            : List.of((long) count, (long) model.width());
    try (NpzWriter npz = NpzWriter.to(target)) {
      for (Map.Entry<String, double[]> array : arrays.entrySet()) {
        boolean forces = array.getKey().equals(EnergyEndpoint.FORCES);
        npz.write(
            array.getKey(), width, forces ? vectors : List.of((long) count), array.getValue());
      }
    }
  }

  private void print(
      SystemModel model, int count, Map<String, double[]> arrays, Precision precision) {
    double[] energies = arrays.get("energy");
    double[] finite = Arrays.stream(energies).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(Double.NaN);
    double mean = Arrays.stream(finite).average().orElse(Double.NaN);
    double most = Arrays.stream(finite).max().orElse(Double.NaN);
    String unit = model instanceof SystemModel.Molecular ? "kJ/mol" : "kT";
    switch (format()) {
      case TEXT -> {
        host()
            .out()
            .printf(
                "%s: %d configurations of `%s`, %s%nenergy in %s: %s least, %s mean, %s most%n",
                out,
                count,
                system,
                precision.word(),
                unit,
                Spread.figure(least),
                Spread.figure(mean),
                Spread.figure(most));
        if (finite.length < count) {
          host().out().println((count - finite.length) + " energies are no finite numbers");
        }
        host().out().println("arrays: " + String.join(", ", arrays.keySet()));
      }
      case JSON -> {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.put("file", file).put("system", system).put("in", in).put("out", out);
        tree.put("count", count).put("precision", precision.word()).put("unit", unit);
        tree.put("finite", finite.length);
        tree.put("least", least).put("mean", mean).put("most", most);
        arrays.keySet().forEach(tree.putArray("arrays")::add);
        host().out().println(tree.toPrettyString());
      }
    }
  }
}

package org.flowexp.cli;

import java.util.Map;
import java.util.Optional;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.HydrogenBias;
import org.flowexp.execution.RunSettings;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.model.DataSource;
import org.flowexp.model.Suite;
import org.flowexp.model.SystemModel;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydrogens FILE}: the bias of ignoring a molecule's hydrogens. */
@Command(
    name = "hydrogens",
    description = {
      "How likely a mode becomes if hydrogens sit at the minimum of their energy in place of",
      "being integrated out, without and with the harmonic correction: by reweighting samples",
      "of all atoms, drawn if they are not kept."
    })
final class HydrogensVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Option(
      names = "--data",
      paramLabel = "NAME",
      required = true,
      description = "data of the file, drawn from a molecule")
  private String data = "";

  @Option(
      names = "--where",
      paramLabel = "NAME",
      required = true,
      description = "an observable of the file: whether a sample is in the mode")
  private String where = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "at most so many samples inside, and outside, are weighed; 5000 if not given",
      defaultValue = "5000")
  private int count = 5_000;

  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  HydrogensVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure {
    if (count < 1) {
      throw new UsageProblem("`--count " + count + "`: expected at least 1");
    }
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
    checking.print(diagnostics);
    if (suite.isEmpty() || diagnostics.hasErrors()) {
      return ExitCode.REJECTED;
    }
    DataSource samples = Checking.named(file, "data", data, suite.get().data());
    SystemModel.Molecular system = molecule(samples);
    Formula mode = mode(suite.get().observables(), system);
    RunSettings how = Computing.here(settings, host(), false);
    var store =
        new MemoryStore(
            new DiskStore(
                FinishedRuns.stages(settings.folder(Setting.CACHE)), host().err()::println));
    HydrogenBias bias;
    try {
      bias = HydrogenBias.of(system, samples, mode, count, store, how);
    } catch (IllegalArgumentException impossible) {
      throw new UsageProblem(
          "`--data " + data + " --where " + where + "`: " + impossible.getMessage());
    }
    HydrogenBiasText text = new HydrogenBiasText(bias, where, data, system.name());
    switch (format()) {
      case TEXT -> host().out().print(text.lines());
      case JSON -> host().out().println(text.json(file).toPrettyString());
    }
    return ExitCode.OK;
  }

  private SystemModel.Molecular molecule(DataSource samples) throws UsageProblem {
    if (samples.isSelected()) {
      throw new UsageProblem(
          "`--data "
              + data
              + "`: a condition or a ratio decided what was kept of "
              + samples.origin().phrase()
              + "; give data as they were drawn");
    }
    if (samples.origin() instanceof DataSource.Drawn drawn
        && drawn.system() instanceof SystemModel.Molecular molecule) {
      return molecule;
    }
    throw new UsageProblem(
        "`--data "
            + data
            + "`: expected samples that a sampler draws from a molecule, found "
            + samples.phrase());
  }

  private Formula mode(Map<String, Formula> observables, SystemModel.Molecular system)
      throws UsageProblem {
    Formula mode = Checking.named(file, "observable", where, observables);
    if (!mode.type().isTruth()) {
      throw new UsageProblem(
          "`--where " + where + "`: expected a condition, such as `phi > 0 deg`");
    }
    if (Formulas.contains(
        mode, part -> part instanceof Formula.Measured m && 3 * m.count() != system.width())) {
      throw new UsageProblem(
          "`--where "
              + where
              + "` is measured between atoms of another molecule than `--data "
              + data
              + "`");
    }
    return mode;
  }
}

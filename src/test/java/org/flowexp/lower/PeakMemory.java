package org.flowexp.lower;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.data.Samples;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.train.Trainer;
import org.flowexp.train.TrainingObserver;
import org.flowexp.train.TrainingState;

/**
 * A program that trains a file's only run for a phase and prints the bytes by which its memory in
 * use rose at most, as Linux counts them.
 */
final class PeakMemory {
  private PeakMemory() {}

  public static void main(String[] arguments) throws IOException {
    ExperimentModel experiment = experiment(Files.readString(Path.of(arguments[0])));
    int number = Integer.parseInt(arguments[1]);
    Precision precision = Precision.of(arguments[2]);
    int dim = experiment.system().dim();
    double[] rows = new SplittableRandom(1).doubles(1_000L * dim, -1, 1).toArray();
    Optional<Samples> data =
        experiment.phases().get(number).data().map(source -> Samples.of(rows, dim, "rows"));
    try (Program program = Lowering.lower(experiment, precision);
        var session = SessionOptions.cpu(1).open(program.builder().graph())) {
      double[] start = program.initial(0);
      program.parameters().assign(session, start);
      long before = status("VmRSS");
      new Trainer(program, session, 0, number, data, 0, new Silent()).train(start);
      System.out.println("peak " + (status("VmHWM") - before));
    }
  }

  static ExperimentModel experiment(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Suite> suite =
        Checker.check(
            Parser.parse(new SourceFile("peak.flowexp", text), diagnostics),
            Choices.none(),
            diagnostics);
    return suite
        .orElseThrow(() -> new IllegalArgumentException(diagnostics.inFileOrder().toString()))
        .sweeps()
        .get(0)
        .arms()
        .get(0)
        .experiment();
  }

  private static long status(String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
    String line = lines.stream().filter(l -> l.startsWith(name + ":")).findFirst().orElseThrow();
    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static final class Silent implements TrainingObserver {
    @Override
    public void logged(long step, Map<String, Double> values) {}

    @Override
    public void stepped(long step, Supplier<TrainingState> state) {}
  }
}

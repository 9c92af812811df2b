package org.flowexp.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowexp.checkpoint.Checkpoints;
import org.flowexp.lower.Lowering;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.DoubleWell.Training;
import org.tensorflow.Tensor;

/**
 * A program that trains a small flow for long, keeping checkpoints, and prints at certain steps the
 * bytes it has in memory, as Linux counts them, and those of them that Java's objects take. Its
 * arguments: a folder, {@code kept} or {@code closed} (what becomes of a tensor of four kilobytes a
 * step), and the steps.
 */
final class LongTraining {
  private static final int CHECKPOINT = 1_000;
  private static final int LEAKED = 1_024;

  private LongTraining() {}

  public static void main(String[] arguments) throws IOException {
    List<Long> at = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      at.add(Long.parseLong(arguments[i]));
    }
    Checkpoints checkpoints = new Checkpoints(Path.of(arguments[0]), "key");
    boolean kept = arguments[1].equals("kept");
    List<Tensor> leak = new ArrayList<>();
    long last = at.get(at.size() - 1);
    var experiment =
        DoubleWell.small()
            .repairedBy(t -> new Training(last, 32, t.rate(), t.end(), t.warmup()))
            .experiment(DoubleWell.l2Masked(), 0);
    try (var program = Lowering.lower(experiment, Precision.FLOAT32);
        var session = SessionOptions.cpu(1).open(program.builder().graph())) {
      TrainingObserver observer =
          new TrainingObserver() {
            @Override
            public void logged(long step, Map<String, Double> values) {}

            @Override
            public void stepped(long step, Supplier<TrainingState> state) {
              if (kept) {
                leak.add(Precision.FLOAT32.tensor(new double[LEAKED], LEAKED));
              }
              if (step % CHECKPOINT == 0) {
                save(checkpoints, step, state.get());
              }
              if (at.contains(step)) {
                print(step);
              }
            }
          };
      Trained trained =
          new Trainer(program, session, 0, 1, Optional.empty(), 0, observer)
              .train(program.initial(0));
      if (trained.divergence().isPresent()) {
        throw new IllegalStateException(trained.divergence().get().toString());
      }
      leak.forEach(Tensor::close);
    }
  }

  private static void save(Checkpoints checkpoints, long step, TrainingState state) {
    try {
      checkpoints.save(step, state.archive());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void print(long step) {
    System.gc();
    Runtime java = Runtime.getRuntime();
    System.out.printf("%d %d %d%n", step, resident(), java.totalMemory() - java.freeMemory());
  }

  private static long resident() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

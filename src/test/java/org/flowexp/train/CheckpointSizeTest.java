package org.flowexp.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Checkpoints;
import org.flowexp.lower.Lowering;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training that can go on costs on the disk, counted. */
final class CheckpointSizeTest {
  /** The parameters, the optimizer's two moments, and the parameters that were good last. */
  private static final int VECTORS = 4;

  /** Names of entries, counts, a checksum, and running means of a handful of values. */
  private static final long REST = 400;

  @TempDir private Path folder;

  /** Bytes of a file, and numbers that are trained. */
  private record Size(long bytes, long parameters) {
    long rest() {
      return bytes - VECTORS * parameters * Float.BYTES;
    }

    boolean isBounded() {
      return rest() <= REST;
    }
  }

  private Size after(long step, int couplings, int width, UnaryOperator<Archive> change) {
    DoubleWell small = DoubleWell.small();
    DoubleWell sized =
        new DoubleWell(
            small.dim(),
            couplings,
            width,
            small.sampling(),
            small.pretrain(),
            small.repair(),
            small.evaluateEvery(),
            small.evaluateOn());
    Path here = folder.resolve(couplings + "-" + width + "-" + step);
    Checkpoints checkpoints = new Checkpoints(here, "key");
    try (var program =
            Lowering.lower(sized.experiment(DoubleWell.l2Masked(), 0), Precision.FLOAT32);
        var session = SessionOptions.cpu(1).open(program.builder().graph())) {
      TrainingObserver saving =
          new TrainingObserver() {
            @Override
            public void logged(long now, Map<String, Double> values) {}

            @Override
            public void stepped(long now, Supplier<TrainingState> state) {
              if (now == step) {
                save(checkpoints, now, change.apply(state.get().archive()));
              }
            }
          };
      new Trainer(program, session, 0, 1, Optional.empty(), 0, saving).train(program.initial(0));
      try (Stream<Path> files = Files.list(here)) {
        return new Size(Files.size(files.findFirst().orElseThrow()), program.layout().size());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void save(Checkpoints checkpoints, long step, Archive state) {
    try {
      checkpoints.save(step, state);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aCheckpointIsFourVectorsOfParametersAndABoundedRest() {
    Size small = after(15, 2, 8, state -> state);
    Size large = after(15, 6, 32, state -> state);
    assertTrue(large.parameters() > 10 * small.parameters(), small + ", " + large);
    assertTrue(small.isBounded(), () -> small + " has " + small.rest());
    assertEquals(small.rest(), large.rest());
  }

  /** Also in the step whose parameters were just read. */
  @Test
  void itDoesNotGrowWithTheSteps() {
    Size early = after(15, 2, 8, state -> state);
    assertEquals(early, after(275, 2, 8, state -> state));
    assertTrue(after(270, 2, 8, state -> state).isBounded());
  }

  @Test
  void anotherVectorIsNoticed() {
    Size size =
        after(
            15,
            6,
            32,
            state -> new Archive.Builder().all("", state).all("again/", vector(state)).build());
    assertTrue(!size.isBounded(), () -> size + " has " + size.rest());
  }

  private static Archive vector(Archive state) {
    try {
      return new Archive.Builder().doubles("good", state.doubles("good")).build();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package org.flowexp.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.data.NpzWriter;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Operation;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.MemoryStore;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.units.Dimension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to data: cut in two, chosen by a condition, resampled; and too much asked of it. */
class DataStagesTest {
  private static final int COUNT = 10;

  @TempDir private Path directory;
  private DataSource rows;

  /** One coordinate: 0, 1, … 9. */
  @BeforeEach
  void writeRows() throws IOException {
    Path file = directory.resolve("rows.npz");
    try (NpzWriter writer = NpzWriter.to(file)) {
      writer.write(
          "x",
          NpzWriter.Width.FLOAT64,
          List.of((long) COUNT, 1L),
          IntStream.range(0, COUNT).mapToDouble(i -> i).toArray());
    }
    rows = new DataSource.Loaded(file.toString(), Canonical.sha256(Files.readAllBytes(file)), 1);
  }

  private static double[] values(DataSource source) {
    RunSettings settings =
        new RunSettings(Precision.FLOAT64, Device.parse("cpu").orElseThrow(), 1, false);
    return new DataStages(new MemoryStore(), settings, new StopRequest())
        .of(source)
        .value()
        .samples()
        .values();
  }

  /** x[0] < bound. */
  private static Formula below(double bound) {
    Formula x = new Formula.Variable("x", FormulaType.number(Extent.VECTOR, Dimension.NONE));
    Formula first = new Formula.Element(x, new Formula.Number(0, Dimension.NONE), Dimension.NONE);
    return new Formula.Apply(
        Operation.LESS,
        List.of(first, new Formula.Number(bound, Dimension.NONE)),
        FormulaType.truth(Extent.BATCH));
  }

  @Test
  void theTwoPartsOfASplitAreAllOfItInOrder() {
    assertArrayEquals(new double[] {0, 1, 2}, values(new DataSource.Split(rows, 0.3, true)));
    assertArrayEquals(
        new double[] {3, 4, 5, 6, 7, 8, 9}, values(new DataSource.Split(rows, 0.3, false)));
    DataSource.Split odd = new DataSource.Split(new DataSource.Taken(rows, 5), 0.5, true);
    assertEquals(values(odd).length, odd.count(5));
  }

  @Test
  void aConditionKeepsWhatItHoldsFor() {
    assertArrayEquals(new double[] {0, 1, 2}, values(new DataSource.Filtered(rows, below(3))));
  }

  @Test
  void aShareIsMetAndAnotherSeedChoosesOthers() {
    double[] one = values(new DataSource.Resampled(rows, below(2), 0.4, 1));
    assertEquals(5, one.length);
    assertEquals(2, Arrays.stream(one).filter(x -> x < 2).count());
    assertTrue(
        IntStream.range(2, 6)
            .anyMatch(
                seed ->
                    !Arrays.equals(
                        one, values(new DataSource.Resampled(rows, below(2), 0.4, seed)))),
        "the seed decides which rows stay");
  }

  @Test
  void askingForMoreThanAConditionLeavesSaysHowManyAreThere() {
    DataSource few = new DataSource.Filtered(rows, below(3));
    NotEnoughSamples taken =
        assertThrows(NotEnoughSamples.class, () -> values(new DataSource.Taken(few, 4)));
    assertTrue(taken.getMessage().contains("3 samples are left"), taken.getMessage());
    assertThrows(NotEnoughSamples.class, () -> values(new DataSource.Dropped(few, 3)));
    assertNotEquals(0, values(new DataSource.Dropped(few, 2)).length);
  }
}

package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The exported model against what {@code sample} wrote of the same run. */
class ExportVerbTest {
  private static final int ROWS = 500;

  @TempDir private Path directory;

  private void run(ToyRun toy, String verb, String... options) throws IOException {
    Terminal.Answer answer = toy.run(directory.resolve("cache"), request -> {}, verb, options);
    assertEquals(ExitCode.OK, answer.code(), answer.err());
  }

  private void exported(String layers, String precision) throws IOException {
    ToyRun toy =
        new ToyRun(directory)
            .replacing("2 * (half >> half with { mask = not every(2) })", layers)
            .with("FLOWEXP_PRECISION", precision);
    run(toy, "run toy.flowexp");
    run(toy, "sample toy", "--count", "" + ROWS, "--out", "s.npz");
    run(toy, "export toy", "--out", "model");
    Terminal.Answer again =
        toy.run(directory.resolve("cache"), request -> {}, "export toy", "--out", "model");
    assertEquals(ExitCode.USAGE, again.code());
    assertTrue(again.err().contains("is there already"), again.err());
  }

  private double[] array(String name) throws IOException {
    try (ZipFile zip = new ZipFile(directory.resolve("s.npz").toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(10 + bytes.getShort(8)); // what is before the numbers: NumPy's head
      double[] values = new double[bytes.remaining() / Float.BYTES];
      Arrays.setAll(values, i -> bytes.getFloat());
      return values;
    }
  }

  @Test
  void itsSignaturesGiveWhatSampleWrote() throws IOException {
    exported("2 * (half >> half with { mask = not every(2) })", "float32");
    double[] rows = array("x");
    try (SavedModelBundle model = SavedModelBundle.load(directory.resolve("model").toString());
        TFloat32 x = TFloat32.tensorOf(Shape.of(ROWS, 2));
        TFloat32 moved = TFloat32.tensorOf(Shape.of(ROWS, 2))) {
      for (int i = 0; i < rows.length; i++) {
        x.setFloat((float) rows[i], i / 2, i % 2);
        moved.setFloat((float) rows[i] + 0.1f, i / 2, i % 2);
      }
      assertEquals(
          List.of("energy", "log_prob", "sample"),
          model.signatures().stream().map(s -> s.key()).sorted().toList());
      assertTrue(distance(call(model, "log_prob", "log_q", Map.of("x", x)), "log_q") < 1e-4);
      assertTrue(distance(call(model, "energy", "u", Map.of("x", x)), "u") < 1e-4);
      assertTrue(distance(call(model, "energy", "u", Map.of("x", moved)), "u") > 1e-2, "others");
      try (TInt32 count = TInt32.scalarOf(ROWS);
          TInt64 seed = TInt64.vectorOf(5, 6);
          TInt64 other = TInt64.vectorOf(5, 7)) {
        double[] drawn = call(model, "sample", "u", Map.of("count", count, "seed", seed));
        double[] same = call(model, "sample", "u", Map.of("count", count, "seed", seed));
        double[] different = call(model, "sample", "u", Map.of("count", count, "seed", other));
        assertEquals(ROWS, drawn.length);
        assertTrue(Arrays.equals(drawn, same), "a function of its inputs");
        assertTrue(!Arrays.equals(drawn, different), "of its seed");
      }
    }
  }

  private static double[] call(
      SavedModelBundle model, String signature, String output, Map<String, Tensor> inputs) {
    try (var result = model.function(signature).call(new HashMap<>(inputs))) {
      TFloat32 values = (TFloat32) result.get(output).orElseThrow();
      double[] numbers = new double[(int) values.shape().size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.getFloat(i);
      }
      return numbers;
    }
  }

  private double distance(double[] found, String name) throws IOException {
    double[] expected = array(name);
    assertEquals(expected.length, found.length);
    double most = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]));
    }
    return most;
  }

  /** Python's TensorFlow, where {@code -Dflowexp.tensorflow.python} says which. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "2 * (half >> half with { mask = not every(2) }), float32, 2e-4",
    "2 * (half >> half with { mask = not every(2) }) >> whiten { by = imperfect }, float64, 1e-10"
  })
  void pythonLoadsItAndFindsTheSame(String layers, String precision, double tolerance)
      throws Exception {
    String python = System.getProperty("flowexp.tensorflow.python", "");
    assumeTrue(
        !python.isEmpty(),
        "needs -Dflowexp.tensorflow.python=PYTHON, one with tensorflow-cpu (pip)");
    exported(layers, precision);
    Process process =
        new ProcessBuilder(
                python,
                Path.of("src/test/resources/export/compare.py").toAbsolutePath().toString(),
                "model",
                "s.npz",
                Double.toString(tolerance))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    String last = Stream.of(said.split("\n")).reduce((a, b) -> b).orElse("");
    assertTrue(last.startsWith("same: "), said);
    System.out.println(precision + " " + last);
    Files.createDirectories(Path.of("target/export"));
    Files.writeString(Path.of("target/export", precision + ".txt"), last + "\n");
  }
}

package org.flowexp.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.lower.Sampling;
import org.flowexp.model.DataSource;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.sampler.ParallelTempering;
import org.flowexp.source.SourceFile;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;

/**
 * Takes the time of a file's parallel tempering, the one that {@code run} draws its data with, in
 * rounds that standard input asks for: {@code go N} walks N steps and answers with the processor
 * time of a chain step in s, {@code end} ends. Answers are lines of JSON.
 */
public final class TemperingPace {
  private static final long WARM_UP = 2_000;

  private final BufferedReader orders =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final OperatingSystemMXBean clock =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final int rows;
  private final long began = clock.getProcessCpuTime();
  private long roundEnds = WARM_UP;
  private long roundBegan;
  private long processorBegan;
  private long wallBegan;

  private TemperingPace(int rows) {
    this.rows = rows;
  }

  /** The file, then the name of nothing else. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    DataSource.Drawn drawn = drawn(file);
    ParallelTempering sampler = drawn.sampler().create(ParallelTempering.class);
    int rows = sampler.chains() * sampler.temperatures().size();
    LongConsumer pace = new TemperingPace(rows)::walked;
    Sampling.draw(drawn, Precision.of("float32"), SessionOptions.cpu(1), pace);
    throw new IllegalStateException("the walk is over before standard input ended it");
  }

  private static DataSource.Drawn drawn(Path file) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source =
        new SourceFile(file.toString(), Files.readString(file), file.toAbsolutePath().getParent());
    Suite suite =
        Checker.check(Parser.parse(source, diagnostics), Choices.none(), diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.inFileOrder().toString()));
    var phase = suite.sweeps().get(0).arms().get(0).experiment().phases().get(0);
    return (DataSource.Drawn) phase.data().orElseThrow();
  }

  /** After each block of steps. */
  private void walked(long steps) {
    if (steps < roundEnds) {
      return;
    }
    if (roundBegan == 0) {
      answer(
          "{\"ready\": true, \"rows\": %d, \"warm\": {\"cpu\": %.9e}}",
          rows, (clock.getProcessCpuTime() - began) * 1e-9 / WARM_UP / rows);
    } else {
      double chainSteps = (double) (steps - roundBegan) * rows;
      answer(
          "{\"cpu\": %.9e, \"wall\": %.9e}",
          (clock.getProcessCpuTime() - processorBegan) * 1e-9 / chainSteps,
          (System.nanoTime() - wallBegan) * 1e-9 / chainSteps);
    }
    roundBegan = steps;
    roundEnds = steps + order();
    processorBegan = clock.getProcessCpuTime();
    wallBegan = System.nanoTime();
  }

  private long order() {
    try {
      String line = orders.readLine();
      if (line == null || line.equals("end")) {
        System.exit(0);
      }
      return Long.parseLong(line.substring("go ".length()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void answer(String pattern, Object... values) {
    System.out.println(String.format(Locale.ROOT, pattern, values));
  }
}

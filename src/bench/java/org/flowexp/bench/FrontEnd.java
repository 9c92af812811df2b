package org.flowexp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.Plan;
import org.flowexp.stage.StageKeys;
import org.flowexp.syntax.Document;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From text to tree, from tree to model, from model to stages, each by itself: the largest file
 * that is shipped, and one of 2,000 lines whose parts are alike.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrontEnd {
  private static final int PARTS = 55;

  /** Which text. */
  @Param({"loss_trial", "synthetic"})
  public String text;

  private SourceFile file;
  private Document document;
  private Suite suite;
  private Path cache;
  private DiskStore store;

  /** Reads or writes the text, and makes what each step begins with. */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    String written =
        text.equals("synthetic")
            ? synthetic()
            : Files.readString(Path.of("experiments", text + ".flowexp"));
    file = new SourceFile(text + ".flowexp", written);
    Diagnostics diagnostics = new Diagnostics();
    document = Parser.parse(file, diagnostics);
    suite = Checker.check(document, Choices.none(), diagnostics).orElseThrow();
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.inFileOrder().toString());
    }
    cache = Files.createTempDirectory("front-end");
    store = new DiskStore(cache, System.err::println);
    System.out.printf(
        "%n%s: %d lines, %d arms%n",
        text,
        written.lines().count(),
        suite.sweeps().stream().mapToInt(sweep -> sweep.arms().size()).sum());
  }

  /** Nothing was kept in it. */
  @TearDown(Level.Trial)
  public void end() throws IOException {
    Files.deleteIfExists(cache);
  }

  /** Lexing and parsing, to the tree that a person's text is. */
  @Benchmark
  public Document parse() {
    return Parser.parse(file, new Diagnostics());
  }

  /** Names, types, units, composition, sweeps. */
  @Benchmark
  public Suite check() {
    return Checker.check(document, Choices.none(), new Diagnostics()).orElseThrow();
  }

  /** The stages of all arms and their keys, and a look for each on the disk. */
  @Benchmark
  public List<Plan> plan() {
    return suite.sweeps().stream()
        .map(sweep -> Plan.of(sweep, new StageKeys("float32"), store))
        .toList();
  }

  private static String synthetic() {
    return "flowexp 1\n\nimport \"std/losses\" { kl_x, kl_z, l2_masked }\n\n"
        + "param objective : loss = kl_z\nparam seed : int = 0\n"
        + IntStream.range(0, PARTS).mapToObj(FrontEnd::part).collect(Collectors.joining());
  }

  private static String part(int number) {
    return """

        # ---- part @ ----

        fn well_@(t) = 1/4 * t^4 - 3 * t^2 + 0.3 * t

        system system_@ = analytic {
          dim = 12
          rotation = random_rotation(seed = @)
          energy = well_@(s[0]) + sum(s[i]^2 / 2 for i in 1..11)
        }
        observable left_@ = system_@.s[0] < 0

        sampler sampler_@ = parallel_tempering {
          system = system_@, ladder = geometric(1 -> 8, rungs = 8), moves = [random_walk { step = 0.5 }]
          swap_every = 10 steps, burn_in = 20_000 steps, thin = 50 steps, chains = 64, seed = @
        }
        data all_@ = sampler_@.draw(100_000 samples)
        data known_@ = all_@.drop(50_000 samples)

        let layer_@ = realnvp { mask = every(2), hidden = [64, 64], activation = silu }
        architecture net_@ = normal(12) >> 4 * (layer_@ >> layer_@ with { mask = not every(2) })

        schedule schedule_@ {
          phase pretrain {
            data = known_@.resample(left_@, to = 20 %), minimize = kl_x, steps = 400 steps, batch = 512 samples
            optimizer = adam { lr = cosine(1e-3 -> 2e-5, warmup = 50 steps), clip_norm = 10 }
          }
          phase repair data_free {
            minimize = objective, steps = 800 steps, batch = 1_024 samples
            optimizer = adam { lr = cosine(5e-4 -> 1e-5, warmup = 50 steps), clip_norm = 10 }
          }
        }
        metric p_left_@ = probability(left_@)

        experiment experiment_@ { system = system_@, architecture = net_@, schedule = schedule_@, seed = seed, metrics = [p_left_@] }
        sweep sweep_@ of experiment_@ { objective in [kl_z, l2_masked], seed in 0..1 }
        """
        .replace("@", Integer.toString(number));
  }
}

package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench} says; how long anything takes is nobody's business here. */
class BenchVerbTest {
  private static final String FILE =
      """
      flowexp 1

      import "std/losses" { kl_z, df_kl_x }

      param objective : loss = kl_z
      param seed : int = 0

      system well = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
      let half = realnvp { mask = every(2), hidden = [16], activation = silu }
      architecture net = normal(well.dim) >> half

      schedule train {
        phase repair data_free {
          minimize = objective, steps = 1_000_000 steps, batch = 32 samples
          optimizer = adam { lr = 1e-4 }
        }
      }
      metric K = mean(log_w)
      experiment tiny {
        system = well, architecture = net, schedule = train, seed = seed
        metrics = [K], evaluate_on = 100 samples
      }
      sweep losses of tiny { objective in [kl_z, df_kl_x], seed in 0..4 }
      """;

  @TempDir private Path directory;

  private Terminal.Answer bench(String text, String... more) throws IOException {
    Files.writeString(directory.resolve("tiny.flowexp"), text);
    List<String> all =
        new ArrayList<>(List.of("bench", "tiny.flowexp", "--steps", "4", "--rounds", "3"));
    all.addAll(List.of(more));
    return Terminal.offline(directory).run(all.toArray(String[]::new));
  }

  @Test
  void eachLossIsMeasuredOnceWhateverItsSeeds() throws IOException {
    Terminal.Answer answer = bench(FILE, "--format", "json", "--threads", "1", "--operations");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    JsonNode tree = new ObjectMapper().readTree(answer.out());
    assertEquals(1, tree.get("threads").asInt());
    // Infinite, were the product taken before the clock starts.
    assertTrue(tree.get("product_peak").asDouble() > 0);
    assertTrue(tree.get("product_peak").asDouble() < 1e14);
    assertEquals(2, tree.get("runs").size());
    assertEquals("kl_z", tree.at("/runs/0/values").asText());
    assertEquals("df_kl_x", tree.at("/runs/1/values").asText());
    assertTrue(tree.at("/runs/0/samples_per_second").asDouble() > 0);
    assertTrue(tree.at("/runs/0/energies_per_second").asDouble() > 0);
    JsonNode phase = tree.at("/runs/0/phases/0");
    assertEquals("repair", phase.get("name").asText());
    assertEquals(3, phase.get("cpu_times").size());
    assertEquals(32, phase.get("energy_evaluations").asInt());
    assertTrue(phase.get("nodes").asInt() < tree.at("/runs/0/graph_nodes").asInt());
    assertTrue(phase.get("operations").has("StatelessRandomNormal"), phase.toString());
    // 16 units between 1 kept and 2 numbers for 1 moved: 32·16·(1 + 2) products forward, and back
    // for both kernels and for what is between.
    assertEquals(2 * 32 * 16 * (3 + 3 + 2), phase.get("product_operations").asInt());
    assertEquals(
        phase.get("product_operations").asInt(),
        tree.at("/runs/1/phases/0/product_operations").asInt(),
        "the way back to a sample's latent is known");
  }

  @Test
  void aPersonReadsALinePerPhase() throws IOException {
    Terminal.Answer answer = bench(FILE, "--set", "seed=0");
    assertEquals(ExitCode.REJECTED, answer.code(), "a swept param");
    String text = bench(FILE).out();
    assertTrue(text.contains("3 rounds of 4 steps"), text);
    assertTrue(text.contains("losses df_kl_x: "), text);
    assertTrue(text.contains("  repair (kl_z, batch 32): "), text);
  }

  @Test
  void whatCannotBeMeasuredIsSaid() throws IOException {
    Terminal.Answer none = bench(FILE, "--steps=0");
    assertEquals(ExitCode.USAGE, none.code());
    String broken = FILE.replace("s[i]^2 / 2", "log(-s[i]^2)");
    Terminal.Answer diverged = bench(broken);
    assertEquals(ExitCode.RUNTIME, diverged.code(), diverged.err());
    assertTrue(diverged.err().contains("`repair` has no finite loss"), diverged.err());
  }
}

package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says before anything was run: what data decide, and whether arms may be compared. */
class PlanVerbTest {
  @TempDir private Path directory;

  private static String toy() throws IOException {
    return Files.readString(Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp"))
        .replace("{ kl_x, l2_masked }", "{ kl_x, kl_z, l2_masked }")
        .replace("objective in [l2_masked]", "objective in [l2_masked, kl_z]")
        .replace(
            "with { mask = not every(2) })",
            "with { mask = not every(2) }) >> whiten { by = all }");
  }

  private Terminal.Answer plan(String text, String... more) throws IOException {
    Files.writeString(directory.resolve("toy.flowexp"), text);
    String[] all = new String[more.length + 2];
    all[0] = "plan";
    all[1] = "toy.flowexp";
    System.arraycopy(more, 0, all, 2, more.length);
    Terminal.Answer answer = new Terminal(directory).run(all);
    assertEquals("", answer.err());
    return answer;
  }

  @Test
  void whatDataDecideIsListedAndNotHiddenByDataFree() throws IOException {
    String text = plan(toy()).out();
    assertTrue(text.contains("`whiten` by, baked in before training: 2000 samples of"), text);
    assertTrue(text.contains("phase pretrain trains on: the first 1000 of 2000 samples"), text);
    assertTrue(text.contains("data_free phase repair, on top of what data decided"), text);

    String free = toy().replace(" >> whiten { by = all }", "").replace("kl_x, ", "");
    int start = free.indexOf("  phase pretrain {");
    String without = free.substring(0, start) + free.substring(free.indexOf("  phase repair"));
    String unused =
        without.replaceAll("(?m)^data .*\\R", "").replaceAll("(?s)sampler pt.*?\\R}\\R", "");
    assertFalse(plan(unused).out().contains("on top of"), "nothing was decided by data");
  }

  @Test
  void theComparisonOfArmsIsProvedAsTextAndAsJson() throws IOException {
    String text = plan(toy()).out();
    assertTrue(text.contains("the arms differ in phase repair: minimize alone"), text);
    assertTrue(text.contains("shared by all arms of a seed: phase pretrain"), text);
    assertTrue(
        text.contains("each arm may spend 20 steps, 1,280 samples of training, 101,280 energy"),
        text);
    JsonNode sweep =
        new ObjectMapper().readTree(plan(toy(), "--format", "json").out()).at("/sweeps/0");
    JsonNode fairness = sweep.get("fairness");
    assertEquals("[\"phase repair: minimize\"]", fairness.get("differs").toString());
    assertTrue(fairness.at("/same/energy_evals").asBoolean());
    assertEquals("l2_masked", fairness.at("/budgets/0/arm/objective").asText());
    assertEquals("baked_in", sweep.at("/arms/0/data/0/kind").asText());

    String longer =
        toy()
            .replace("param width", "param more : steps = 20 steps\nparam width")
            .replace("minimize = objective, steps = 20 steps", "minimize = objective, steps = more")
            .replace("seed in 0..2", "seed in 0..2, more in [20 steps, 40 steps]");
    String unfair = plan(longer).out();
    assertTrue(unfair.contains("NOT the same budget"), unfair);
    assertTrue(unfair.contains("kl_z 40 steps: 40 steps, 2,560 samples"), unfair);
  }
}

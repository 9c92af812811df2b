package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done to data, as it is written. */
class DataWordsTest {
  private static Checks with(String data) throws IOException {
    String toy =
        Files.readString(Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp"));
    return Checks.of(toy.replace("data imperfect = all.take(1_000 samples)", data));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data imperfect = all.where(left)",
        "data imperfect = all.where(x[0] < 0 and not left).take(10 samples)",
        "data imperfect = all.split(80 %).first",
        "let parts = all.split(0.5)\ndata imperfect = parts.rest.take(1_000 samples)",
        "data imperfect = all.resample(left, to = 20 %)",
        "data imperfect = all.resample(left, to = 20 %, seed = 3)"
      })
  void eachWayToChooseSamplesIsKnownAndCounts(String data) throws IOException {
    Checks checks = with(data);
    assertEquals(List.of(), checks.codes(), checks.found().toString());
    assertNotEquals(
        with("data imperfect = all.take(1_000 samples)").canonical(), checks.canonical());
  }

  @Test
  void theCountOfAPartIsKnown() throws IOException {
    Checks most = with("data imperfect = all.split(50 %).rest.take(1_000 samples)");
    assertEquals(List.of(), most.codes());
    Checks tooMany = with("data imperfect = all.split(50 %).rest.take(1_001 samples)");
    assertEquals(List.of("FX0510"), tooMany.codes());
  }

  @Test
  void theSeedOfAChoiceIsTheSamplersUnlessItIsWritten() throws IOException {
    String plain = "data imperfect = all.resample(left, to = 20 %)";
    assertEquals(
        with(plain).canonical(),
        with("data imperfect = all.resample(left, to = 20 %, seed = 1)").canonical());
    assertNotEquals(
        with(plain).canonical(),
        with("data imperfect = all.resample(left, to = 20 %, seed = 2)").canonical());
  }

  @Test
  void aWordOfAFieldMayVary() throws IOException {
    String toy =
        Files.readString(Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp"))
            .replace("param width", "param bend : one_of(silu, tanh) = silu\nparam width")
            .replace("hidden = [width, width]", "hidden = [width, width], activation = bend")
            .replace("seed in 0..2", "seed in 0..2, bend in [silu, tanh]");
    Checks both = Checks.of(toy);
    assertEquals(List.of(), both.codes(), both.found().toString());
    assertEquals(6, both.canonical().stream().distinct().count());
    assertTrue(both.canonical().get(0).contains("silu"), both.canonical().get(0));
    Checks other = Checks.of(toy.replace("bend in [silu, tanh]", "bend in [silu, relu]"));
    assertEquals(List.of("FX0408"), other.codes(), other.found().toString());
  }
}

package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowexp.parse.ExampleFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each cause is one error, whatever else is wrong: also beside what does not parse. */
class IndependentMistakesTest {
  private static final String EXAMPLE = ExampleFiles.text("double_well_12d");

  /** An edit of one declaration, and the code it earns. */
  private record Mistake(String from, String to, String code) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake("width : int(16..1024) = 64", "width : int(16..1024) = 8", "FX0401"),
          new Mistake("n_data : samples = 1_000 samples", "n_data : samples = 1_000", "FX0301"),
          new Mistake("well(s[0]) +", "wel(s[0]) +", "FX0201"),
          new Mistake("dw12.s[0] < 0", "dw12.s[12] < 0", "FX0403"),
          new Mistake("chains = 64", "chian = 64", "FX0405"),
          new Mistake("all.take(50_000", "all.tkae(50_000", "FX0211"),
          new Mistake("let half = realnvp", "let half = realnpv", "FX0408"),
          new Mistake("raise_only on model = mean(", "raise_only on model = (", "FX0304"),
          new Mistake("lr = cosine(1e-3 ->", "lr = cosine(1e-3 nm ->", "FX0301"),
          new Mistake("p_left = probability(left)", "p_left = mean(left)", "FX0308"),
          new Mistake("K = mean(log_w)", "K = mean(log_w) + 1 nm", "FX0301"),
          new Mistake("mask even = every(2)", "mask even = every(2", "FX0102"),
          new Mistake("loss blend = 0.1 *", "loss blend = = 0.1 *", "FX0101"),
          new Mistake("too_rare = log_w >", "too_rare = log_w 3 >", "FX0101"));

  @Test
  void theMistakesAreThereAndTheExampleIsNot() {
    assertEquals(List.of(), Checks.of(EXAMPLE).codes());
    for (Mistake mistake : MISTAKES) {
      assertTrue(EXAMPLE.contains(mistake.from()), mistake.from());
      Checks checks = Checks.of(EXAMPLE.replace(mistake.from(), mistake.to()));
      assertEquals(1, checks.codes().size(), mistake + " " + checks.found());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void threeMistakesInThreeDeclarationsAreThreeErrors(long seed) {
    List<Mistake> drawn = new ArrayList<>(MISTAKES);
    Collections.shuffle(drawn, new Random(seed));
    String text = EXAMPLE;
    List<String> expected = new ArrayList<>();
    for (Mistake mistake : drawn.subList(0, 3)) {
      text = text.replace(mistake.from(), mistake.to());
      expected.addAll(Checks.of(EXAMPLE.replace(mistake.from(), mistake.to())).codes());
    }
    Checks checks = Checks.of(text);
    List<String> found = new ArrayList<>(checks.codes());
    Collections.sort(expected);
    Collections.sort(found);
    assertEquals(expected, found, drawn.subList(0, 3) + "\n" + checks.found());
  }
}

package org.flowexp.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.flowexp.catalog.Definition;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each word's example is checked as a text of the language. */
final class ExamplesTest {
  /** What an example may take for granted. */
  private static final String AROUND =
      """
      system some_system = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
      sampler some_sampler = parallel_tempering {
        system = some_system, ladder = geometric(1 -> 2, rungs = 2), moves = [random_walk { step = 1 }]
      }
      data some_data = some_sampler.draw(100 samples)
      """;

  static Stream<Definition<?>> words() {
    return Vocabulary.all().stream();
  }

  @ParameterizedTest
  @MethodSource("words")
  void aWordsExampleHasNothingWrong(Definition<?> word) {
    assertEquals(List.of(), Texts.check(AROUND + word.example() + "\n").errors());
  }

  @Test
  void anUnknownFieldInAnExampleWouldBeSeen() {
    String wrong = "let half = realnvp { mask = every(2), hiden = [64] }\n";
    assertFalse(Texts.check(AROUND + wrong).errors().isEmpty());
  }
}

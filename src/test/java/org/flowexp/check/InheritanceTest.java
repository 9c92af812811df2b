package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.flowexp.model.PhaseModel;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/** {@code schedule b extends a}: phases by name, their fields one by one. */
final class InheritanceTest {
  private static final String PARENT =
      """
      system gauss = analytic { dim = 2, energy = s[0]^2 / 2 + s[1]^2 / 2 }
      loss l2 on model = variance(log_w)
      schedule first {
        phase one data_free {
          minimize = l2, steps = 3 steps, batch = 16 samples, optimizer = adam { lr = 1e-3 }
        }
        phase two {
          minimize = l2, steps = 4 steps, batch = 32 samples, optimizer = adam { lr = 1e-3 }
        }
      }
      metric K = mean(log_w)
      experiment e { system = gauss, architecture = normal(2) >> reverse(), schedule = %s, metrics = [K] }
      """;

  private static Texts.Checked checked(String name, String more) {
    return Texts.check(PARENT.formatted(name) + more);
  }

  private static List<PhaseModel> phases(String more) {
    Texts.Checked checked = checked("second", more);
    assertEquals(List.of(), checked.errors());
    return checked.suite().orElseThrow().sweeps().get(0).arms().get(0).experiment().phases();
  }

  @Test
  void aPhaseOfTheSameNameKeepsWhatItDoesNotWrite() {
    List<PhaseModel> phases =
        phases("schedule second extends first { phase one { steps = 7 steps } }\n");
    assertEquals(List.of("one", "two"), phases.stream().map(PhaseModel::name).toList());
    assertEquals(7, phases.get(0).steps());
    assertEquals(16, phases.get(0).batch());
    assertEquals(4, phases.get(1).steps());
  }

  @Test
  void dataFreeStaysProved() {
    assertTrue(
        phases("schedule second extends first { phase one { steps = 7 steps } }\n")
            .get(0)
            .dataFree());
    Texts.Checked reaching =
        checked(
            "second",
            """
            loss likely on data = mean(-log_q)
            sampler mh = parallel_tempering { system = gauss, ladder = geometric(1 -> 2, rungs = 2)
              moves = [random_walk { step = 0.5 }], seed = 1 }
            schedule second extends first { phase one { data = mh.draw(64 samples), minimize = likely } }
            """);
    assertTrue(
        reaching.errors().stream().anyMatch(e -> e.startsWith("FX0507")), reaching::toString);
  }

  @Test
  void aNewPhaseComesLastAndMustBeWhole() {
    Texts.Checked partly =
        checked("second", "schedule second extends first { phase three { steps = 7 steps } }\n");
    assertTrue(partly.errors().get(0).startsWith("FX0406"), partly::toString);
  }
}

package org.flowexp.execution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;
import org.flowexp.stage.MemoryStore;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main experiment in full size. */
@Tag("slow")
class DoubleWellTimingTest {
  private static final double MOST_SECONDS = 120;

  private final long start = System.nanoTime();

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  @Test
  void threeLossesAndThreeSeedsTakeLessThanTwoMinutes() {
    var sweep =
        DoubleWell.main()
            .sweep(List.of(DoubleWell.klZ(), DoubleWell.l2(), DoubleWell.l2Masked()), 3);
    var settings = new RunSettings(Precision.FLOAT32, Device.CPU, 2, false);
    RunListener printing =
        new RunListener() {
          @Override
          public void accept(RunEvent event) {
            if (!(event instanceof RunEvent.StepLogged)) {
              System.out.printf("%.1f s %s%n", seconds(), event);
            }
          }

          @Override
          public void close() {}
        };
    var result = new SweepRun(Workplace.of(new MemoryStore())).execute(sweep, settings, printing);
    result.records().forEach(System.out::println);
    assertTrue(result.records().stream().allMatch(r -> r.status() == RunStatus.FINISHED));
    assertTrue(seconds() < MOST_SECONDS, seconds() + " s");
  }
}

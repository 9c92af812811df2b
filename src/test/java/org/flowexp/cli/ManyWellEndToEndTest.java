package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The six wells, verified as continuous integration does it, and once more from what is kept. */
class ManyWellEndToEndTest {
  private static final Path FILE = Path.of("experiments/many_well_12d.flowexp").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theProfileForContinuousIntegrationMeetsItsExpectations() throws IOException {
    Terminal.Answer first = verify();
    assertEquals(ExitCode.OK, first.code(), first.out() + first.err());
    String verdicts = Files.readString(folder.resolve("verdicts.xml"));
    assertTrue(verdicts.contains("the modes are weighed"), verdicts);

    long began = System.nanoTime();
    Terminal.Answer again = verify();
    double seconds = (System.nanoTime() - began) * 1e-9;
    assertEquals(first.out(), again.out(), "the same figures from the cache");
    assertTrue(seconds < 20, "read, not run: " + seconds + " s");
  }

  private Terminal.Answer verify() {
    return new Terminal(folder)
        .run("verify", FILE.toString(), "--profile", "ci", "--offline", "--junit", "verdicts.xml");
  }
}

package org.flowexp.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a Python that only writes down what it is asked for, and fails at what it is told. */
@DisabledOnOs(OS.WINDOWS)
class VirtualEnvironmentTest {
  private static final String PACKAGES = "one==1.0\ntwo==2.0\nthree==3.0\n";

  @TempDir private Path folder;
  private Path python;
  private Path asked;

  @BeforeEach
  void writePython() throws IOException {
    asked = folder.resolve("asked");
    python = folder.resolve("python");
    Files.writeString(
        python,
        """
        #!/bin/sh
        if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit; fi
        for word in "$@"; do last="$word"; done
        echo "$last" >> "%1$s"
        if [ -f "%1$s.fails" ] && [ "$last" = "$(cat "%1$s.fails")" ]; then
          echo "ERROR: Could not install packages due to an OSError: No space left on device"
          exit 1
        fi
        """
            .formatted(asked));
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private VirtualEnvironment environment(String requirements) {
    return new VirtualEnvironment(
        folder.resolve("tools"), "things", "the things", requirements, Duration.ofMinutes(1));
  }

  @Test
  void packageByPackageGoesOnWhereItFailed() throws IOException {
    VirtualEnvironment environment = environment(PACKAGES);
    List<String> told = new ArrayList<>();
    Files.writeString(Path.of(asked + ".fails"), "two==2.0");
    InstallationFailed failure =
        assertThrows(
            InstallationFailed.class, () -> environment.makeOneByOne(python.toString(), told::add));
    assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
    assertTrue(failure.getMessage().contains("things.log"), failure.getMessage());
    assertFalse(environment.isComplete());
    Path kept = Files.writeString(environment.home().resolve("of one"), "");
    Files.delete(Path.of(asked + ".fails"));
    environment.makeOneByOne(python.toString(), told::add);
    assertTrue(environment.isComplete());
    assertTrue(Files.exists(kept), "what is there stays");
    assertEquals(
        List.of("1 of 3: one==1.0", "2 of 3: two==2.0"), told.subList(0, 2), told.toString());
    assertEquals(5, told.size());
    assertEquals("three==3.0", Files.readAllLines(asked).get(4));
    assertFalse(environment(PACKAGES + "four==4.0\n").isComplete(), "other packages are wanted");
  }

  @Test
  void inOneGoAHalfMadeOneIsMadeAnew() throws IOException {
    VirtualEnvironment environment = environment(PACKAGES);
    Files.createDirectories(environment.home());
    Path left = Files.writeString(environment.home().resolve("left"), "");
    environment.make(python.toString());
    assertTrue(environment.isComplete());
    assertFalse(Files.exists(left));
    assertEquals(1, Files.readAllLines(asked).size());
  }

  @Test
  void withoutPythonItSaysWhatIsMissing() {
    InstallationFailed failure =
        assertThrows(
            InstallationFailed.class,
            () -> environment(PACKAGES).makeOneByOne("no-such-python", step -> {}));
    assertEquals(
        "the things needs Python 3.10 or newer, and 'no-such-python' does not start"
            .replace("needs", "need"),
        failure.getMessage().replace("needs", "need"));
  }
}

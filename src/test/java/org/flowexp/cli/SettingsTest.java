package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path directory;
  @TempDir private Path home;
  private final Map<Setting, String> commandLine = new EnumMap<>(Setting.class);
  private final Map<String, String> environment = new HashMap<>();
  private Path userFile;

  @BeforeEach
  void makeUserFolder() throws IOException {
    userFile = home.resolve(".config/flowexp/flowexp.properties");
    Files.createDirectories(userFile.getParent());
  }

  @Test
  void eachLayerHidesThoseBelowIt() throws IOException, UsageProblem {
    assertThreads("0", "default");
    Files.writeString(userFile, "threads = 1\n");
    assertThreads("1", userFile.toString());
    Files.writeString(directory.resolve("flowexp.properties"), "threads = 2\n");
    assertThreads("2", directory.resolve("flowexp.properties").toString());
    environment.put("FLOWEXP_THREADS", "3");
    assertThreads("3", "FLOWEXP_THREADS");
    commandLine.put(Setting.THREADS, "4");
    assertThreads("4", "command line");
    assertEquals("cpu", load().text(Setting.DEVICE), "the other settings keep their own layer");
  }

  private void assertThreads(String text, String origin) throws UsageProblem {
    assertEquals(new Settings.Value(text, origin), load().value(Setting.THREADS));
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestName() throws IOException {
    Files.writeString(userFile, "threds = 1\n");
    UsageProblem problem = assertThrows(UsageProblem.class, this::load);
    assertEquals(
        userFile + ": unknown setting `threds`; did you mean `threads`?", problem.getMessage());
  }

  @Test
  void aValueThatIsNoneIsRefusedWithItsOrigin() {
    environment.put("FLOWEXP_DEVICE", "tpu");
    UsageProblem problem = assertThrows(UsageProblem.class, this::load);
    assertEquals(
        "device is `tpu` (FLOWEXP_DEVICE), expected cpu, gpu or gpu:1", problem.getMessage());
  }

  @Test
  void twoProjectFilesAreRefused() throws IOException {
    Files.writeString(directory.resolve("flowexp.properties"), "");
    Files.writeString(directory.resolve(".flowexp.properties"), "");
    assertTrue(assertThrows(UsageProblem.class, this::load).getMessage().contains("keep one"));
  }

  @Test
  void foldersAreRelativeToTheCurrentDirectoryOrTheHome() throws UsageProblem {
    assertEquals(directory.resolve(".flowexp"), load().folder(Setting.CACHE));
    assertEquals(home.resolve(".cache/flowexp"), load().folder(Setting.TOOLS));
    environment.put("FLOWEXP_CACHE", directory.resolve("elsewhere").toString());
    assertEquals(directory.resolve("elsewhere"), load().folder(Setting.CACHE));
  }

  private Settings load() throws UsageProblem {
    PrintStream nowhere =
        new PrintStream(
            OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8);
    return Settings.load(
        commandLine,
        new Host(nowhere, nowhere, new Host.Screen(false, 80), environment, directory, home));
  }
}

package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.flowexp.tensor.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a graphics card needs, as far as it can be tried where there is none. */
@EnabledOnOs(OS.LINUX)
class CardTest {
  @TempDir private Path directory;

  private Host host(Map<String, String> environment) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Host(
        nowhere, nowhere, new Host.Screen(false, 80), environment, directory, directory);
  }

  private Map<String, JsonNode> found(Map<String, String> environment) throws IOException {
    Terminal.Answer answer = new Terminal(directory, environment).run("doctor", "--format", "json");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    Map<String, JsonNode> findings = new HashMap<>();
    for (JsonNode finding : new ObjectMapper().readTree(answer.out()).get("findings")) {
      findings.put(finding.get("name").asText(), finding);
    }
    return findings;
  }

  @Test
  void eachLibraryIsFoundByItselfOrNot() throws IOException {
    Map<String, JsonNode> before = found(Map.of());
    for (String name : GpuLibraries.names()) {
      assertTrue(before.containsKey(name), name);
    }
    Path there = Files.createFile(directory.resolve("libcudnn.so.9"));
    Map<String, JsonNode> after = found(Map.of("LD_LIBRARY_PATH", "/nowhere:" + directory));
    assertTrue(after.get("libcudnn.so.9").get("found").asBoolean());
    assertEquals(there.toString(), after.get("libcudnn.so.9").get("detail").asText());
    assumeFalse(before.get("libcudart.so.12").get("found").asBoolean());
    assertFalse(after.get("libcudart.so.12").get("found").asBoolean());
    assertTrue(
        after.get("libcudart.so.12").get("detail").asText().contains("doctor --install-gpu"));
  }

  @Test
  void whatAnInstallationHasComesFirst() throws IOException {
    Path tools = directory.resolve("tools");
    Path lib = tools.resolve("gpu-cuda-12.5/lib/python3.11/site-packages/nvidia/cuda_runtime/lib");
    Files.createDirectories(lib);
    Files.createFile(lib.resolve("libcudart.so.12"));
    Files.createFile(directory.resolve("libcudart.so.12"));
    JsonNode found =
        found(Map.of("FLOWEXP_TOOLS", tools.toString(), "LD_LIBRARY_PATH", directory.toString()))
            .get("libcudart.so.12");
    assertEquals(lib.resolve("libcudart.so.12").toString(), found.get("detail").asText());
  }

  @Test
  void withoutACardThereIsLittleToRead() throws IOException {
    assumeFalse(found(Map.of()).get("GPU").get("found").asBoolean());
    assumeFalse(found(Map.of()).get(GpuLibraries.DRIVER).get("found").asBoolean());
    String text = new Terminal(directory).run("doctor").out();
    String aboutCards = text.substring(text.indexOf("missing  CUDA"), text.indexOf("\nSettings"));
    assertTrue(aboutCards.lines().count() <= 5, aboutCards);
    aboutCards.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    GpuLibraries.names().forEach(name -> assertTrue(aboutCards.contains(name), name));
  }

  @Test
  void whatCannotBeInstalledIsSaidBeforeAnythingIsFetched() throws Exception {
    Terminal.Answer answer = new Terminal(directory).run("doctor", "--install-gpu");
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.err());
    assertEquals("", answer.out());
    RunFailure other =
        assertThrows(RunFailure.class, () -> GpuInstallation.requireKind("Mac OS X aarch64"));
    assertTrue(other.getMessage().contains("this is Mac OS X aarch64"), other.getMessage());
    GpuInstallation gpu =
        GpuInstallation.of(host(Map.of()), Settings.load(Map.of(), host(Map.of())));
    RunFailure full = assertThrows(RunFailure.class, () -> gpu.requireSpace(1_500_000_000L));
    assertTrue(full.getMessage().contains("1.5 GB are free"), full.getMessage());
    assertTrue(full.getMessage().contains("FLOWEXP_TOOLS"), full.getMessage());
    assertDoesNotThrow(() -> gpu.requireSpace(5_000_000_000L));
  }

  @Test
  void aCardComputesInTheNumbersThatAreAskedFor() {
    Host off = host(Map.of(Computing.TF32_OVERRIDE, "0"));
    Host on = host(Map.of());
    assertDoesNotThrow(() -> Computing.requireNumbers(false, off));
    assertDoesNotThrow(() -> Computing.requireNumbers(true, on));
    assertThrows(RunFailure.class, () -> Computing.requireNumbers(true, off));
    RunFailure failure = assertThrows(RunFailure.class, () -> Computing.requireNumbers(false, on));
    assertTrue(failure.getMessage().contains("`--tf32`"), failure.getMessage());
  }

  @Test
  void whoSaysNothingIsToldWhereItComputes() throws Exception {
    Host host = host(Map.of());
    assertTrue(Computing.note(Settings.load(Map.of(), host)).orElse("").contains("on the CPU"));
    assertTrue(Computing.note(Settings.load(Map.of(Setting.DEVICE, "cpu"), host)).isEmpty());
    assertTrue(Computing.note(Settings.load(Map.of(Setting.DEVICE, "gpu"), host)).isEmpty());
  }

  @Test
  void tf32IsNoMatterOfTheProcessor() throws Exception {
    Host host = host(Map.of("FLOWEXP_TF32", "on", "FLOWEXP_XLA", "on"));
    assertEquals("float32 xla", Settings.load(Map.of(), host).arithmetic().word());
    assertEquals(
        "float32 gpu tf32 xla",
        Settings.load(Map.of(Setting.DEVICE, "gpu:1"), host).arithmetic().word());
  }

  @Test
  @Tag("slow")
  void whatACardNeedsIsFetchedFoundAndOpened() throws IOException {
    assumeTrue(new Device(true, 0).isPresent() || System.getProperty("os.arch").equals("amd64"));
    Path root = Path.of("").toAbsolutePath();
    Path launch = root.resolve("target/gpu.launch");
    boolean had = Files.exists(launch);
    Map<String, String> environment =
        Map.of("FLOWEXP_ROOT", root.toString(), "FLOWEXP_TOOLS", directory.resolve("t").toString());
    Terminal.Answer answer = new Terminal(directory, environment).run("doctor", "--install-gpu");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    for (String name : GpuLibraries.FETCHED) {
      assertTrue(answer.out().contains("found    " + name), answer.out());
    }
    assertTrue(answer.err().contains(WorkVerb.CARD), answer.err());
    if (!had) {
      Files.deleteIfExists(launch);
    }
  }
}

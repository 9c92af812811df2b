package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowexp.vocabulary.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through the real command line: exit codes, and what is said on which stream. */
class CommandLineTest {
  private static final Path EXAMPLE =
      Path.of("src/test/resources/examples/double_well_12d.flowexp").toAbsolutePath();
  private static final Path EVERY_WORD =
      Path.of("src/test/resources/examples/every_word.flowexp").toAbsolutePath();
  private static final String BROKEN = "flowexp 1\n\nmask even = every(2\n";

  @TempDir private Path directory;

  private Terminal.Answer run(String... arguments) {
    return new Terminal(directory).run(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chek x.flowexp|there is no verb `chek`; did you mean `check`?",
        "check|FILE is missing",
        "run x.flowexp --profil ci|unexpected `--profil`; did you mean `--profile`?",
        "check --format xml x.flowexp|expected text or json, found `xml`",
        "missing.flowexp|there is no file `missing.flowexp`",
        "check missing.flowexp|there is no file `missing.flowexp`",
        "run x.flowexp --device tpu|device is `tpu` (command line), expected cpu, gpu or gpu:1",
      })
  void aMisuseIsSaidInOneSentenceAndExitsWith2(String line, String message) {
    Terminal.Answer result = run(line.split(" "));
    assertEquals(ExitCode.USAGE, result.code());
    assertTrue(result.err().startsWith("error: "), result.err());
    assertTrue(result.err().contains(message), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aCardThatIsNotThereIsAFailureBeforeAnyRun() {
    org.junit.jupiter.api.Assumptions.assumeFalse(
        new org.flowexp.tensor.Device(true, 7).isPresent());
    Terminal.Answer result = run(EXAMPLE.toString(), "--device", "gpu:7", "--offline");
    assertEquals(ExitCode.RUNTIME, result.code(), result.err());
    assertTrue(result.err().contains("no graphics card for `--device gpu:7`"), result.err());
    assertTrue(result.err().contains("`doctor --install-gpu`"), result.err());
    assertEquals("", result.out());
    assertFalse(Files.exists(directory.resolve(".flowexp/stages")), "nothing was begun");
  }

  @Test
  void aMissingFileNamesTheNearestOne() throws IOException {
    Files.writeString(directory.resolve("well.flowexp"), "flowexp 1\n");
    assertTrue(run("check", "wel.flowexp").err().contains("did you mean `well.flowexp`?"));
    assertTrue(run("check", "well").err().contains("did you mean `well.flowexp`?"));
    Terminal.Answer folder = run("check", ".");
    assertEquals(ExitCode.USAGE, folder.code());
    assertTrue(folder.err().contains("`.` is a folder"), folder.err());
  }

  @Test
  void withoutArgumentsItShowsHow() {
    Terminal.Answer result = run();
    assertEquals(ExitCode.OK, result.code());
    for (String verb : List.of("run", "check", "fmt", "ui", "sync", "doctor")) {
      assertTrue(result.out().contains("  " + verb + " "), result.out());
    }
  }

  @Test
  void checkShowsEachMistakeWithItsPlaceAndExitsWith1() throws IOException {
    Files.writeString(directory.resolve("broken.flowexp"), BROKEN);
    Terminal.Answer result = run("check", "broken.flowexp");
    assertEquals(ExitCode.REJECTED, result.code());
    assertTrue(result.err().startsWith("error[FX01"), result.err());
    assertTrue(result.err().contains("--> broken.flowexp:3:"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void asJsonStandardOutputIsOneDocument() throws IOException {
    Files.writeString(directory.resolve("broken.flowexp"), BROKEN);
    Terminal.Answer result = run("check", "--format", "json", "broken.flowexp");
    assertEquals(ExitCode.REJECTED, result.code());
    JsonNode found = new ObjectMapper().readTree(result.out()).get(0);
    assertTrue(found.get("code").asText().startsWith("FX01"));
    assertEquals("error", found.get("severity").asText());
    assertEquals("broken.flowexp", found.get("file").asText());
    assertEquals(3, found.get("range").get("start").get("line").asInt());
    for (String field : List.of("message", "label", "secondary", "notes", "help")) {
      assertTrue(found.has(field), field);
    }
    JsonNode run = new ObjectMapper().readTree(run("broken.flowexp", "--format", "json").out());
    assertTrue(run.get("runs").isEmpty());
    assertEquals(found.get("code"), run.get("diagnostics").get(0).get("code"));
  }

  @Test
  void fmtIsIdempotentAndChecksWithoutWriting() throws IOException {
    Path file = directory.resolve("loose.flowexp");
    Files.writeString(file, "flowexp 1\nmask   even=every( 2 )\n");
    String before = Files.readString(file);
    assertEquals(ExitCode.REJECTED, run("fmt", "--check", "loose.flowexp").code());
    assertEquals(before, Files.readString(file));
    assertEquals(ExitCode.OK, run("fmt", "loose.flowexp").code());
    assertFalse(Files.readString(file).contains("every( 2"));
    assertEquals(ExitCode.OK, run("fmt", "--check", "loose.flowexp").code());
  }

  @Test
  void doctorSaysWhereSettingsComeFrom() throws IOException {
    Files.writeString(directory.resolve("flowexp.properties"), "threads = 2\n");
    Terminal.Answer result = run("doctor");
    assertEquals(ExitCode.OK, result.code());
    assertTrue(result.out().contains("TensorFlow  2."), result.out());
    assertTrue(result.out().contains("flowexp.properties)"), result.out());
  }

  @Test
  void checkRunsWithoutTensorFlow() throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>(List.of(EXAMPLE, EVERY_WORD));
    try (Stream<Path> experiments = Files.list(Path.of("experiments"))) {
      experiments
          .filter(file -> file.toString().endsWith(".flowexp"))
          .map(Path::toAbsolutePath)
          .forEach(files::add);
    }
    assertTrue(files.size() > 3, files.toString());
    Process process = withoutTensorFlow("check", files);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, process.waitFor(), output);
    assertTrue(output.contains(files.size() + " files: ok"), output);
  }

  @Test
  void whatBuildsAGraphDoesNotRunWithoutTensorFlow() throws IOException, InterruptedException {
    Process process = withoutTensorFlow("plan", List.of(EVERY_WORD));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertNotEquals(ExitCode.OK, process.waitFor(), output);
    assertTrue(output.contains("NoClassDefFoundError"), output);
  }

  @Test
  void theFileOfEveryWordHasEveryWord() throws IOException {
    String text = Files.readString(EVERY_WORD);
    for (var word : Vocabulary.all()) {
      String after = word.parameters().isEmpty() ? "\\b" : " ?[({]";
      assertTrue(text.matches("(?s).*\\b" + word.name() + after + ".*"), word.name());
    }
  }

  private static Process withoutTensorFlow(String verb, List<Path> files) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("tensorflow") && !entry.contains("javacpp"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, "org.flowexp.cli.Main", verb));
    files.forEach(file -> command.add(file.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}

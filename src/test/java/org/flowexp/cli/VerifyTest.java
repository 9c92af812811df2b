package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Through the real command line: a good result passes, the same made worse fails. */
class VerifyTest {
  @TempDir private Path directory;

  private record Result(int code, String out, String err) {}

  private Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Host.Screen(false, 80),
            Map.of(),
            directory,
            directory);
    int code = Main.run(List.of(arguments), host);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aResultIsRecordedVerifiedWorsenedAndReported() throws Exception {
    Files.copy(
        Path.of("src/test/resources/claims/tiny.flowexp"), directory.resolve("tiny.flowexp"));
    Result recorded = run("baseline", "tiny.flowexp", "--offline", "--threads", "2");
    assertEquals(ExitCode.OK, recorded.code(), recorded.err());
    assertTrue(recorded.err().contains("fewer than 10 seeds"), recorded.err());
    JsonNode entry =
        new ObjectMapper()
            .readTree(directory.resolve("baselines/tiny.json").toFile())
            .at("/baselines/0");
    assertEquals(6, entry.at("/metrics/ess/n").asInt());
    assertEquals("float32", entry.get("precision").asText());

    Result good = run("verify", "tiny.flowexp", "--offline", "--format", "json");
    assertEquals(ExitCode.OK, good.code(), good.out());
    JsonNode verdicts = new ObjectMapper().readTree(good.out()).at("/sweeps/0/verdicts");
    assertEquals(3, verdicts.size());
    verdicts.forEach(verdict -> assertEquals("held", verdict.get("outcome").asText(), good.out()));
    assertEquals(1.0 / 64, verdicts.get(2).get("p").asDouble());
    Element suite = suite("target/flowexp/verify.xml");
    assertEquals("3", suite.getAttribute("tests"));
    assertEquals("0", suite.getAttribute("failures"));

    assertEquals(ExitCode.OK, run("report", "repair").code());
    String page = Files.readString(directory.resolve("reports/tiny/repair/index.html"));
    assertTrue(page.contains("✓ held"), page);
    assertTrue(page.contains("aria-label=\"spread over the steps"), page);
    Result unknown = run("report", "repare");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(unknown.err().contains("did you mean `repair`?"), unknown.err());

    Files.writeString(
        directory.resolve("twin.flowexp"),
        Files.readString(directory.resolve("tiny.flowexp"))
            .replace("4_000 samples", "4_001 samples"));
    assertEquals(ExitCode.OK, run("verify", "twin.flowexp", "--offline").code());
    Result either = run("report", "repair");
    assertEquals(ExitCode.USAGE, either.code(), "two files have a sweep of this name");
    assertTrue(either.err().contains("tiny/repair"), either.err());
    assertEquals(ExitCode.OK, run("report", "twin/repair").code());
    assertTrue(Files.exists(directory.resolve("reports/twin/repair/index.html")));

    Result worse =
        run("verify", "tiny.flowexp", "--offline", "--set", "rate=1e-9", "--junit", "worse.xml");
    assertEquals(ExitCode.REJECTED, worse.code(), worse.out());
    assertTrue(worse.out().contains("✗ failed: training repairs"), worse.out());
    assertTrue(worse.out().contains("? undecided: no drift"), worse.out());
    Element failed = suite("worse.xml");
    assertEquals("1", failed.getAttribute("failures"));
    assertEquals("1", failed.getAttribute("skipped"));

    Result few = run("verify", "tiny.flowexp", "--offline", "--profile", "few");
    assertEquals(ExitCode.OK, few.code(), few.out());
    assertTrue(few.out().contains("? undecided: training repairs"), few.out());
    assertTrue(few.out().contains("✓ held: no drift"), few.out());
  }

  private Element suite(String file) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(directory.resolve(file).toFile());
    return (Element) document.getElementsByTagName("testsuite").item(0);
  }

  @Test
  void mistakesAreErrorsOfTheirFile() throws Exception {
    Files.writeString(directory.resolve("broken.flowexp"), "flowexp 1\n\nmask even = every(2\n");
    assertEquals(ExitCode.REJECTED, run("verify", "broken.flowexp", "--offline").code());
    assertEquals("1", suite("target/flowexp/verify.xml").getAttribute("errors"));
  }

  @Test
  void aDamagedBaselineIsSaidSo() throws IOException {
    Files.copy(
        Path.of("src/test/resources/claims/tiny.flowexp"), directory.resolve("tiny.flowexp"));
    Files.createDirectories(directory.resolve("baselines"));
    Files.writeString(directory.resolve("baselines/tiny.json"), "{");
    Result result = run("verify", "tiny.flowexp", "--offline", "--profile", "few");
    assertEquals(ExitCode.USAGE, result.code());
    assertTrue(result.err().contains("cannot be read"), result.err());
  }
}

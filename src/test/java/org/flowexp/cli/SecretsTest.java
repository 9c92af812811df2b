package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and tokens go to the server, and nowhere else. */
class SecretsTest {
  private static final String PASSWORD = "s3cret-pa55word";
  private static final String TOKEN = "t0ken-of-ours";
  private static final String LOGIN =
      Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  @TempDir private Path directory;
  private final Set<String> authorizations = new ConcurrentSkipListSet<>();
  private final StringBuilder said = new StringBuilder();
  private HttpServer server;
  private Path cache;

  @BeforeEach
  void listen() throws IOException {
    cache = directory.resolve("cache");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopListening() {
    server.stop(0);
  }

  private int run(ToyRun toy, String verb) throws IOException {
    Terminal.Answer answer = toy.run(cache, request -> {}, verb);
    said.append(answer.out()).append(answer.err());
    return answer.code();
  }

  private void assertNoSecrets() throws IOException {
    assertNoSecrets("output", said.toString());
    List<Path> files = ToyRun.files(directory, ".*");
    assertTrue(files.size() > 10, files.toString());
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertNoSecrets(file.toString(), text);
      }
    }
  }

  private static void assertNoSecrets(String where, String text) {
    for (String secret : List.of(PASSWORD, TOKEN, LOGIN)) {
      assertTrue(!text.contains(secret), () -> where + " holds " + secret);
    }
  }

  @Test
  void noPasswordOfAnAddressIsPrintedOrKept() throws IOException {
    String host = "127.0.0.1:" + server.getAddress().getPort();
    ToyRun toy =
        new ToyRun(directory)
            .replacing("150 steps", "10 steps")
            .with("MLFLOW_TRACKING_URI", "http://ann:" + PASSWORD + "@" + host);
    assertEquals(ExitCode.OK, run(toy, "run toy.flowexp"));
    assertEquals(Set.of("Basic " + LOGIN), authorizations, "the server was told");
    assertEquals(ExitCode.OK, run(toy, "doctor"));
    assertTrue(said.toString().contains("http://***@" + host), said.toString());
    assertEquals(ExitCode.OK, run(toy, "doctor --format json"));
    assertEquals(ExitCode.RUNTIME, run(toy, "sync"));
    assertNoSecrets();

    for (String wrong :
        List.of("htp://ann:" + PASSWORD + "@h", "http://ann:" + PASSWORD + "@h h")) {
      assertEquals(ExitCode.USAGE, run(toy.with("MLFLOW_TRACKING_URI", wrong), "run toy.flowexp"));
    }
    assertNoSecrets();
    Files.writeString(cache.resolve("leak"), "{\"token\": \"" + LOGIN + "\"}");
    assertThrows(AssertionError.class, this::assertNoSecrets, "a leak is seen");
  }

  @Test
  void noTokenOfTheEnvironmentIsPrintedOrKept() throws IOException {
    ToyRun toy =
        new ToyRun(directory)
            .replacing("150 steps", "10 steps")
            .with("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + server.getAddress().getPort())
            .with("MLFLOW_TRACKING_TOKEN", TOKEN);
    assertEquals(ExitCode.OK, run(toy, "run toy.flowexp"));
    assertEquals(Set.of("Bearer " + TOKEN), authorizations, "the server was told");
    toy.with("MLFLOW_TRACKING_USERNAME", "ann").with("MLFLOW_TRACKING_PASSWORD", PASSWORD);
    assertEquals(ExitCode.RUNTIME, run(toy, "sync"));
    assertTrue(authorizations.contains("Basic " + LOGIN), "the server was told");
    assertEquals(ExitCode.OK, run(toy, "doctor"));
    assertNoSecrets();
  }
}

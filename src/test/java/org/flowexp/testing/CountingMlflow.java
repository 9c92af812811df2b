package org.flowexp.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers as an empty MLflow server would, keeps nothing, and counts what it is asked: for figures
 * of sweeps so large that a real one would be what is measured.
 */
public final class CountingMlflow implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";

  static {
    // Else each answer waits 40 ms for the acknowledgement of its own header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Map<String, Long> calls = new TreeMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private long runs;

  public CountingMlflow() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often each was asked, by the last two words of its path. */
  public synchronized Map<String, Long> calls() {
    return new TreeMap<>(calls);
  }

  /** Of all requests, without their headers. */
  public long bytes() {
    return bytes.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    bytes.addAndGet(exchange.getRequestBody().readAllBytes().length);
    String call = exchange.getRequestURI().getPath().replace(API, "");
    byte[] text = body(call, exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private synchronized String body(String call, URI asked) {
    calls.merge(call, 1L, Long::sum);
    return switch (call) {
      case "experiments/get-by-name" -> "{\"experiment\": {\"experiment_id\": \"1\"}}";
      case "runs/create" -> "{\"run\": {\"info\": " + info("r" + runs++) + "}}";
      case "runs/get" -> "{\"run\": {\"info\": " + info(asked.getQuery()) + "}}";
      default -> "{}";
    };
  }

  private static String info(String id) {
    return "{\"run_id\": \""
        + id.replaceAll("^.*=", "")
        + "\", \"experiment_id\": \"1\", \"status\": \"RUNNING\", \"lifecycle_stage\": \"active\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

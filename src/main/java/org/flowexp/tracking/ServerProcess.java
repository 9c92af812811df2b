package org.flowexp.tracking;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts and stops the process of an embedded server. */
final class ServerProcess {
  /**
   * A session of its own, so the interrupt key ends the run and leaves it time to send its last
   * values.
   */
  private static final String OWN_SESSION =
      "import os, sys; hasattr(os, 'setsid') and os.setsid();"
          + " os.execv(sys.executable, [sys.executable, '-m', 'mlflow'] + sys.argv[1:])";

  private static final Duration STOP_TIME = Duration.ofSeconds(15);

  private ServerProcess() {}

  /**
   * @param lastPort taken again if it is free, so that links to earlier runs keep working
   */
  static ServerRecord start(
      MlflowInstallation installation,
      TrackingTarget.Embedded target,
      Optional<Integer> lastPort,
      Duration patience)
      throws IOException {
    int port = freePort(lastPort);
    Path log = target.store().resolve("server.log");
    Process process = command(installation, target.store(), port, log).start();
    String token = UUID.randomUUID().toString();
    boolean up = false;
    try {
      awaitStart(process, port, token, patience, log);
      up = true;
      return new ServerRecord(family(process.toHandle()), port, token, target.lifetime());
    } finally {
      if (!up) {
        process.destroy();
      }
    }
  }

  static void stop(ServerRecord server) throws IOException {
    List<ProcessHandle> alive =
        server.processes().stream().flatMap(process -> process.alive().stream()).toList();
    // The parent passes the signal on; what is left after that is a worker whose parent was killed.
    for (ProcessHandle process : alive) {
      process.destroy();
      if (!ended(process, STOP_TIME)) {
        process.destroyForcibly();
      }
    }
  }

  private static ProcessBuilder command(
      MlflowInstallation installation, Path store, int port, Path log) throws IOException {
    Path artifacts = Files.createDirectories(store.resolve("artifacts"));
    ProcessBuilder builder =
        new ProcessBuilder(
                installation.python().toString(),
                "-c",
                OWN_SESSION,
                "server",
                "--backend-store-uri",
                "sqlite:///" + store.resolve("mlflow.db"),
                "--artifacts-destination",
                artifacts.toString(),
                "--workers",
                "1",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port))
            .directory(store.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    // Settings meant for the client (a server's address, credentials) would steer this server.
    environment.keySet().removeIf(name -> name.startsWith("MLFLOW_"));
    environment.remove("PYTHONPATH");
    environment.remove("PYTHONHOME");
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
    return builder;
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private static void awaitStart(
      Process process, int port, String token, Duration patience, Path log) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      // A busy port makes MLflow exit with 0 while somebody else's server answers on it.
      if (!process.isAlive()) {
        throw new TrackingUnavailable("the MLflow server ended at once; its output is in " + log);
      }
      try {
        ServerProbe.mark(port, token);
        if (process.isAlive() && ServerProbe.shows(port, token)) {
          return;
        }
      } catch (TrackingUnavailable interrupted) {
        throw interrupted;
      } catch (IOException notYet) {
        Pause.of(Duration.ofMillis(200));
      }
    }
    throw new TrackingUnavailable(
        "the MLflow server did not answer within " + patience + "; its output is in " + log);
  }

  private static List<ProcessIdentity> family(ProcessHandle parent) {
    List<ProcessIdentity> family = new ArrayList<>(List.of(ProcessIdentity.of(parent)));
    try (Stream<ProcessHandle> children = parent.descendants()) {
      children.map(ProcessIdentity::of).forEach(family::add);
    }
    return family;
  }

  private static int freePort(Optional<Integer> wish) throws IOException {
    if (wish.isPresent()) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wish.get()));
        return wish.get();
      } catch (IOException taken) {
        return freePort(Optional.empty());
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean ended(ProcessHandle process, Duration patience) throws IOException {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillAlive) {
      return false;
    } catch (ExecutionException failure) {
      throw new IOException("cannot wait for process " + process.pid(), failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TrackingUnavailable("interrupted while stopping the MLflow server", interrupt);
    }
  }
}

package org.flowexp.tracking;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.tracking.TrackingTarget.Lifetime;

/**
 * An MLflow server on this machine's loopback interface, shared by all processes that use one
 * store. Opening it installs MLflow if need be, joins the server that is already running on the
 * store, or starts one.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofMinutes(2);
  private static final Duration PATIENCE = START_TIME.multipliedBy(2);

  private final Path store;
  private final URI uri;
  private final Path user;

  private EmbeddedServer(Path store, int port, Path user) {
    this.store = store;
    this.uri = URI.create("http://127.0.0.1:" + port);
    this.user = user;
  }

  /**
   * Joins or starts the server of a store; takes 5 to 12 seconds to start, a minute more on first
   * use.
   *
   * @param messages told what is being waited for
   * @throws TrackingUnavailable if there is no Python, or the server does not come up
   */
  public static EmbeddedServer open(TrackingTarget.Embedded target, Consumer<String> messages)
      throws IOException {
    Path store = target.store();
    MlflowInstallation installation =
        MlflowInstallation.in(target.cache(), target.python(), messages);
    return FileMutex.holding(lock(store), PATIENCE, () -> join(installation, target));
  }

  /** The server's address. */
  public URI uri() {
    return uri;
  }

  /** Leaves the server, and stops it if it is not to be kept and nobody else uses it. */
  @Override
  public void close() throws IOException {
    FileMutex.holding(lock(store), PATIENCE, this::leave);
  }

  /**
   * Stops the server of a store, whoever uses it.
   *
   * @return whether there was one
   */
  public static boolean stop(Path store) throws IOException {
    Path folder = store.toAbsolutePath();
    return FileMutex.holding(
        lock(folder),
        PATIENCE,
        () -> {
          Optional<ServerRecord> running = recordIn(folder).filter(ServerRecord::isAlive);
          if (running.isPresent()) {
            ServerProcess.stop(running.get());
          }
          return running.isPresent();
        });
  }

  private static EmbeddedServer join(
      MlflowInstallation installation, TrackingTarget.Embedded target) throws IOException {
    Path store = target.store();
    Optional<ServerRecord> last = recordIn(store);
    Optional<ServerRecord> running = last.filter(EmbeddedServer::serves);
    ServerRecord server =
        running.isPresent() ? running.get() : restarted(installation, target, last);
    if (target.lifetime() == Lifetime.KEPT) {
      server = server.kept();
    }
    TrackingJson.write(recordFile(store), server);
    return new EmbeddedServer(store, server.port(), new StoreUsers(store).enter());
  }

  private boolean leave() throws IOException {
    Files.deleteIfExists(user);
    Optional<ServerRecord> unwanted =
        recordIn(store).filter(server -> server.lifetime() == Lifetime.WHILE_USED);
    if (unwanted.isPresent() && new StoreUsers(store).isEmpty()) {
      ServerProcess.stop(unwanted.get());
    }
    return unwanted.isPresent();
  }

  private static ServerRecord restarted(
      MlflowInstallation installation, TrackingTarget.Embedded target, Optional<ServerRecord> last)
      throws IOException {
    if (last.isPresent()) {
      // A killed server leaves its worker behind, which would go on holding the port and the store.
      ServerProcess.stop(last.get());
    }
    return ServerProcess.start(installation, target, last.map(ServerRecord::port), START_TIME);
  }

  private static boolean serves(ServerRecord server) {
    return server.isAlive() && ServerProbe.shows(server.port(), server.token());
  }

  private static Optional<ServerRecord> recordIn(Path store) throws IOException {
    return TrackingJson.readIfPresent(recordFile(store), ServerRecord.class);
  }

  private static Path recordFile(Path store) {
    return store.resolve("server.json");
  }

  private static Path lock(Path store) {
    return store.resolve("server.lock");
  }
}

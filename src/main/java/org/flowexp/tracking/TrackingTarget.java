package org.flowexp.tracking;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where runs are tracked. */
public sealed interface TrackingTarget {
  /** Nowhere yet: events are journalled, and {@link JournalSync} sends them later. */
  record Offline() implements TrackingTarget {}

  /** A server somebody else runs. */
  record Server(URI uri, MlflowCredentials credentials) implements TrackingTarget {
    public Server {
      if (uri.getHost() == null) {
        throw new IllegalArgumentException("not the address of an MLflow server: " + uri);
      }
      uri = withoutTrailingSlash(uri);
      if (uri.getUserInfo() != null) {
        credentials = loginIn(uri.getUserInfo(), credentials);
        uri = withoutUserInfo(uri);
      }
    }

    private static URI withoutTrailingSlash(URI uri) {
      return URI.create(uri.toString().replaceAll("/+$", ""));
    }

    private static MlflowCredentials loginIn(String userInfo, MlflowCredentials otherwise) {
      int colon = userInfo.indexOf(':');
      return colon < 0
          ? otherwise
          : new MlflowCredentials.Login(
              userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    private static URI withoutUserInfo(URI uri) {
      try {
        return new URI(
            uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
      } catch (URISyntaxException impossible) {
        throw new IllegalArgumentException("not the address of an MLflow server", impossible);
      }
    }
  }

  /**
   * A private server on this machine, installed when first needed.
   *
   * @param cache where the virtual environment with MLflow is kept
   * @param store the folder with the runs: {@code mlflow.db} and {@code artifacts}
   * @param python the interpreter to make the virtual environment with
   * @param lifetime whether the server outlives its users
   */
  record Embedded(Path cache, Path store, String python, Lifetime lifetime)
      implements TrackingTarget {
    public Embedded {
      cache = cache.toAbsolutePath();
      store = store.toAbsolutePath();
    }
  }

  /** How long an embedded server lives. */
  enum Lifetime {
    /** The last process to use it stops it. */
    WHILE_USED,
    /** Until {@link EmbeddedServer#stop}. */
    KEPT
  }
}

package org.flowexp.tracking;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** How to prove to an MLflow server who we are. Never printed, never written to the journal. */
public sealed interface MlflowCredentials {
  /** No proof. */
  record Anonymous() implements MlflowCredentials {}

  /** A name and a password. */
  record Login(String username, String password) implements MlflowCredentials {
    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }

  /** A bearer token. */
  record Token(String token) implements MlflowCredentials {
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /**
   * Reads MLflow's own variables {@code MLFLOW_TRACKING_USERNAME}, {@code MLFLOW_TRACKING_PASSWORD}
   * and {@code MLFLOW_TRACKING_TOKEN}, which its Java client ignores. As in Python, name and
   * password win over a token.
   */
  static MlflowCredentials fromEnvironment(Map<String, String> environment) {
    String username = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!username.isEmpty() && !password.isEmpty()) {
      return new Login(username, password);
    }
    return token.isEmpty() ? new Anonymous() : new Token(token);
  }

  /** The value of the HTTP header {@code Authorization}. */
  default Optional<String> authorization() {
    if (this instanceof Login login) {
      String pair = login.username() + ":" + login.password();
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return this instanceof Token token ? Optional.of("Bearer " + token.token()) : Optional.empty();
  }

  /** The same for the Java client. */
  default BasicMlflowHostCreds forHost(String host) {
    if (this instanceof Login login) {
      return new BasicMlflowHostCreds(host, login.username(), login.password());
    }
    return this instanceof Token token
        ? new BasicMlflowHostCreds(host, token.token())
        : new BasicMlflowHostCreds(host);
  }
}

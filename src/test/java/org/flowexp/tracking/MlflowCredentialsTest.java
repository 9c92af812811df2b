package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.flowexp.tracking.MlflowCredentials.Anonymous;
import org.flowexp.tracking.MlflowCredentials.Login;
import org.flowexp.tracking.MlflowCredentials.Token;
import org.junit.jupiter.api.Test;

class MlflowCredentialsTest {
  @Test
  void theyAreReadFromMlflowsOwnVariables() {
    assertEquals(new Anonymous(), MlflowCredentials.fromEnvironment(Map.of()));
    assertEquals(
        new Token("t"), MlflowCredentials.fromEnvironment(Map.of("MLFLOW_TRACKING_TOKEN", "t")));
    assertEquals(
        new Login("u", "p"),
        MlflowCredentials.fromEnvironment(
            Map.of(
                "MLFLOW_TRACKING_USERNAME", "u",
                "MLFLOW_TRACKING_PASSWORD", "p",
                "MLFLOW_TRACKING_TOKEN", "t")));
  }

  @Test
  void theHeaderIsWhatHttpAsksFor() {
    assertEquals(Optional.of("Basic dTpw"), new Login("u", "p").authorization());
    assertEquals(Optional.of("Bearer t"), new Token("t").authorization());
    assertEquals(Optional.empty(), new Anonymous().authorization());
  }

  @Test
  void aPasswordInTheAddressIsTakenOutOfIt() {
    var server =
        new TrackingTarget.Server(
            URI.create("https://ann:secret@mlflow.example:8443/base/"), new Anonymous());
    assertEquals(URI.create("https://mlflow.example:8443/base"), server.uri());
    assertEquals(new Login("ann", "secret"), server.credentials());
    assertFalse(server.toString().contains("secret"));
  }
}

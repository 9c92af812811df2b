package org.flowexp.tracking;

import java.io.IOException;

/** MLflow cannot be reached or started now; what was to be sent stays in the journal. */
public final class TrackingUnavailable extends IOException {
  private static final long serialVersionUID = 1;

  TrackingUnavailable(String message) {
    super(message);
  }

  TrackingUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.flowexp.tracking;

import java.io.IOException;

/** MLflow answered, and will give the same answer to the same request again. */
final class RequestRejected extends IOException {
  private static final long serialVersionUID = 1;

  RequestRejected(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.flowexp.installation;

import java.io.IOException;

/** Something cannot be installed here and now; what is installed of it so far stays. */
public final class InstallationFailed extends IOException {
  private static final long serialVersionUID = 1;

  /** With a reason for a person. */
  public InstallationFailed(String message) {
    super(message);
  }

  /** With a reason for a person. */
  public InstallationFailed(String message, Throwable cause) {
    super(message, cause);
  }
}

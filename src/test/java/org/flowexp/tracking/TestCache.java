package org.flowexp.tracking;

import java.nio.file.Path;

/** Where tests keep what is slow to make: MLflow's virtual environment. */
final class TestCache {
  private TestCache() {}

  static Path folder() {
    String usual = Path.of(System.getProperty("user.home"), ".cache", "flowexp").toString();
    return Path.of(System.getProperty("flowexp.test.cache", usual));
  }
}

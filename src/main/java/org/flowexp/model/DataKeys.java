package org.flowexp.model;

/** Short names of data by their meaning: equal data have equal keys. */
public final class DataKeys {
  private DataKeys() {}

  public static String keyOf(DataSource source) {
    return Canonical.sha256(Canonical.of(source)).substring(0, 16);
  }
}

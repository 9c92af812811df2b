package org.flowexp.stage;

/** A result, and where it is from. */
public record Kept<T>(T value, Origin origin) {
  /** Where a result is from. */
  public enum Origin {
    /** It was made just now, and is kept. */
    RUN,
    /** It was made just now, and could not be kept. */
    RUN_UNKEPT,
    /** Another run of this process made it, or is making it. */
    SHARED,
    /** It was on disk. */
    CACHED
  }
}

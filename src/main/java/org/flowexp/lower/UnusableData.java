package org.flowexp.lower;

/** A layer cannot learn from its data; the message is for the person who named them. */
public final class UnusableData extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableData(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.flowexp.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a session computes.
 *
 * @param isGpu a graphics card rather than the processor
 * @param index which card, from 0
 */
public record Device(boolean isGpu, int index) {
  /** The processor. */
  public static final Device CPU = new Device(false, 0);

  private static final Pattern WORD = Pattern.compile("cpu|gpu(?::(\\d{1,3}))?");

  /** Reads {@code cpu}, {@code gpu} or {@code gpu:1}; empty for anything else. */
  public static Optional<Device> parse(String word) {
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    return Optional.of(word.equals("cpu") ? CPU : new Device(true, index));
  }

  /** The word {@link #parse} reads. */
  public String word() {
    return isGpu ? "gpu:" + index : "cpu";
  }
}

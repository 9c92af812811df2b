package org.flowexp.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * Keys and generators that depend on nothing but the root seed, a purpose and a step, so that a
 * resumed run repeats an uninterrupted one and adding a consumer of randomness changes no other.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * Two well-mixed numbers: the first 16 bytes of SHA-256 over seed, step and purpose.
   *
   * @param purpose what the numbers are for, for example {@code "base"}; different purposes are
   *     independent
   * @return a key of length 2, as TensorFlow's stateless operations take it
   */
  public static long[] key(long seed, String purpose, long step) {
    byte[] words = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(2 * Long.BYTES + words.length);
    text.putLong(seed).putLong(step).put(words);
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(text.array()));
    return new long[] {digest.getLong(), digest.getLong()};
  }

  /** A generator started from {@link #key}. */
  public static SplittableRandom generator(long seed, String purpose, long step) {
    long[] key = key(seed, purpose, step);
    return new SplittableRandom(key[0] ^ Long.rotateLeft(key[1], 32));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

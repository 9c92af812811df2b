package org.flowexp.data;

/** Bits of bytes, the most significant first. */
final class BitStream {
  private final byte[] bytes;
  private long at;

  BitStream(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The next bits as a number.
   *
   * @param count at most 32
   * @throws IndexOutOfBoundsException beyond the end
   */
  long read(int count) {
    long value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = (value << 1) | ((bytes[(int) (at / 8)] >> (7 - (int) (at % 8))) & 1);
    }
    return value;
  }
}

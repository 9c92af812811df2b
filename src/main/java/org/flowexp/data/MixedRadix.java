package org.flowexp.data;

import java.math.BigInteger;

/**
 * Three numbers packed into bits: one after the other, or as digits of one number, the last varying
 * fastest, whose bytes come with the least significant first.
 *
 * @param first the first number is less than this; so are the others than theirs
 * @param bits of the three together; 0 if each stands alone, in the bits that its size has
 */
record MixedRadix(long first, long second, long third, int bits) {

  static MixedRadix apart(long[] sizes) {
    return new MixedRadix(sizes[0], sizes[1], sizes[2], 0);
  }

  static MixedRadix together(long[] sizes) {
    BigInteger all = BigInteger.ONE;
    for (long size : sizes) {
      all = all.multiply(BigInteger.valueOf(size));
    }
    return new MixedRadix(sizes[0], sizes[1], sizes[2], all.bitLength());
  }

  static MixedRadix cube(long edge, int bits) {
    return new MixedRadix(edge, edge, edge, bits);
  }

  long[] read(BitStream in) {
    if (bits == 0) {
      return new long[] {alone(in, first), alone(in, second), alone(in, third)};
    }
    if (bits >= Long.SIZE - 1) {
      return large(in);
    }
    long number = 0;
    for (int done = 0; done < bits; done += 8) {
      number |= in.read(Math.min(8, bits - done)) << done;
    }
    long rest = number / third;
    return new long[] {rest / second, rest % second, number % third};
  }

  private long[] large(BitStream in) {
    BigInteger number = BigInteger.ZERO;
    for (int done = 0; done < bits; done += 8) {
      long piece = in.read(Math.min(8, bits - done));
      number = number.or(BigInteger.valueOf(piece).shiftLeft(done));
    }
    BigInteger[] last = number.divideAndRemainder(BigInteger.valueOf(third));
    BigInteger[] middle = last[0].divideAndRemainder(BigInteger.valueOf(second));
    return new long[] {middle[0].longValue(), middle[1].longValue(), last[1].longValue()};
  }

  private static long alone(BitStream in, long size) {
    return in.read(Long.SIZE - Long.numberOfLeadingZeros(size));
  }
}

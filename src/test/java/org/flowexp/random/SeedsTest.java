package org.flowexp.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  @Test
  void keysAreTheFirst16BytesOfSha256() {
    // printf '\0%.0s' {1..16} | sha256sum, with the empty purpose
    assertArrayEquals(new long[] {0x374708fff7719dd5L, 0x979ec875d56cd228L}, Seeds.key(0, "", 0));
  }

  @Test
  void seedPurposeAndStepAllMatter() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = -2; seed < 3; seed++) {
      for (long step = 0; step < 100; step++) {
        for (String purpose : new String[] {"base", "data", "proposal", "ünïcode"}) {
          firsts.add(Seeds.key(seed, purpose, step)[0]);
          firsts.add(Seeds.generator(seed, purpose, step).nextLong());
        }
      }
    }
    assertEquals(2 * 5 * 100 * 4, firsts.size());
  }

  @Test
  void generatorsRepeat() {
    assertEquals(
        Seeds.generator(3, "base", 7).nextDouble(), Seeds.generator(3, "base", 7).nextDouble());
  }
}

package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"train/loss", "eval/ess", "flow.layers.0.hidden", "a b:c-d_e", "β"})
  void aGoodNameIsKept(String name) {
    assertEquals(name, MlflowNames.accepted(name));
  }

  @ParameterizedTest
  @CsvSource({
    "'eval/F(trans)', 'eval/F.trans'",
    "'a//b', 'a/b'",
    "'/a', 'a'",
    "'a/', 'a'",
    "'a/../b', 'a/b'",
    "'a/./b', 'a/b'",
    "'./a', 'a'",
    "'..', '_'",
    "'', '_'",
    "'x=1', 'x-1'",
    "'p@q,#%|+[1]', 'p-at-q-_percent-given-plus.1'"
  })
  void whatMlflowRefusesIsSpokenOtherwise(String name, String accepted) {
    assertEquals(accepted, MlflowNames.accepted(name));
  }

  @Test
  void aLongNameIsCutAndStaysDistinct() {
    String one = MlflowNames.accepted("x".repeat(300) + "1");
    String two = MlflowNames.accepted("x".repeat(300) + "2");
    assertTrue(one.length() <= 250 && !one.equals(two), one);
  }
}

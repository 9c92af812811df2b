package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
  @ParameterizedTest
  @CsvSource({
    "0.0124, 0.0031, 0.0124 ± 0.0031",
    "14.7, 0.004, 14.700 ± 0.004",
    "0.02, 0.3, 0.020 ± 0.300",
    "0.1, 1e-17, 0.100 ± 0.000",
    "1234, 5, 1234 ± 5",
    "0.9996, NaN, 1.00",
    "NaN, NaN, NaN",
    "5.05e7, NaN, 5.05e+07",
  })
  void aSampleIsWrittenToThreeDigits(double mean, double deviation, String text) {
    assertEquals(text, new Spread(mean, deviation).text());
  }
}

package org.flowexp.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> FIELDS =
      List.of("mask", "hidden", "activation", "max_log_scale", "burn_in", "log", "log_z", "seed");

  @ParameterizedTest
  @CsvSource({
    "hiden,hidden",
    "logz,log_z",
    "hiden_layers,hidden",
    "layers_hidden,hidden",
    "activation_function,activation",
    "max_scale,max_log_scale",
    "scale,max_log_scale",
    "random_seed,seed",
  })
  void aNearNameOrOneThatSharesAWordIsSuggested(String written, String meant) {
    assertEquals(
        Optional.of("did you mean `" + meant + "`?"), NearestName.question(written, FIELDS));
  }

  @ParameterizedTest
  @CsvSource({"width", "warm_up_time", "scael", "log_weight", "temperature"})
  void aNameThatSharesNoWordIsNot(String written) {
    assertEquals(Optional.empty(), NearestName.question(written, FIELDS));
  }
}

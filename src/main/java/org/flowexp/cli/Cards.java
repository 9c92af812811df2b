package org.flowexp.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The graphics cards of this machine, to be divided among processes.
 *
 * @param names as {@code CUDA_VISIBLE_DEVICES} has them
 */
record Cards(List<String> names) {
  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /** Those that this process may use. */
  static Cards of(Host host) {
    String visible = host.environment().getOrDefault(VISIBLE, "");
    if (!visible.isBlank()) {
      return new Cards(Arrays.stream(visible.split(",")).map(String::strip).toList());
    }
    int count =
        host.firstLine("nvidia-smi", "--query-gpu=count", "--format=csv,noheader")
            .filter(text -> text.matches("\\d+"))
            .map(Integer::parseInt)
            .orElse(0);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(Integer.toString(i));
    }
    return new Cards(names);
  }

  /** The card of a process, by its number from 0; empty where there is none to choose. */
  Optional<String> ofSeat(int seat) {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(seat % names.size()));
  }
}

package org.flowexp.stage;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which arithmetic stages are made. Two of them give the same experiment other last digits, and
 * after a few hundred steps of training other digits altogether.
 *
 * @param precision its word, {@code float32}
 * @param ways of computing that are not the usual one: each operation by itself, on the processor
 */
public record Arithmetic(String precision, Set<Way> ways) {
  /** One that the numbers show. */
  public enum Way {
    /** On a graphics card, whichever. */
    GPU,
    /** Products of float32 matrices with 10 bits of mantissa, which cards of NVIDIA offer. */
    TF32,
    /** Operations joined by TensorFlow's compiler. */
    XLA;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the ways. */
  public Arithmetic {
    ways = Set.copyOf(ways);
  }

  /** Reads a {@link #word}. */
  public static Arithmetic of(String word) {
    List<String> words = List.of(word.split(" "));
    Set<Way> ways =
        Arrays.stream(Way.values())
            .filter(way -> words.contains(way.word()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Way.class)));
    return new Arithmetic(words.get(0), ways);
  }

  /** Whether numbers are computed in this way. */
  public boolean is(Way way) {
    return ways.contains(way);
  }

  /** The same without a way. */
  public Arithmetic without(Way way) {
    return new Arithmetic(
        precision,
        ways.stream()
            .filter(other -> other != way)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Way.class))));
  }

  /** The precision, alone in the usual case: {@code float32}, {@code float32 gpu xla}. */
  public String word() {
    return precision
        + Arrays.stream(Way.values())
            .filter(ways::contains)
            .map(way -> " " + way.word())
            .collect(Collectors.joining());
  }
}

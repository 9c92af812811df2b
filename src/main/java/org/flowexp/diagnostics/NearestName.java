package org.flowexp.diagnostics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name a person most likely meant. */
public final class NearestName {
  /** Shorter words of a name, such as {@code n} and {@code log}, say too little. */
  private static final int SHORTEST_WORD = 4;

  private NearestName() {}

  /**
   * The candidate at the smallest edit distance (Damerau-Levenshtein), if it is near enough to be
   * meant.
   */
  public static Optional<String> of(String written, Collection<String> candidates) {
    int reach = Math.max(1, (written.length() + 1) / 3);
    return candidates.stream()
        .filter(c -> !c.equals(written) && distance(written, c) <= reach)
        .min(
            Comparator.comparingInt((String c) -> distance(written, c))
                .thenComparingInt(c -> distance(run(written), run(c)))
                .thenComparing(c -> c));
  }

  /** {@code logw} is nearer to {@code log_w} than to {@code log}. */
  private static String run(String name) {
    return name.replace("_", "");
  }

  /** {@code did you mean `x`?} for the nearest candidate, else for one that shares a word. */
  public static Optional<String> question(String written, Collection<String> candidates) {
    return of(written, candidates)
        .or(() -> sharing(written, candidates))
        .map(name -> "did you mean `" + name + "`?");
  }

  /**
   * The candidate that shares most words of a name such as {@code hidden_layers}, each nearly
   * spelt; of several the shortest.
   */
  static Optional<String> sharing(String written, Collection<String> candidates) {
    return candidates.stream()
        .filter(c -> !c.equals(written) && shared(written, c) > 0)
        .min(
            Comparator.comparingLong((String c) -> -shared(written, c))
                .thenComparingInt(String::length)
                .thenComparing(c -> c));
  }

  private static long shared(String written, String candidate) {
    List<String> known = words(candidate);
    List<String> wanted = words(written);
    // A misspelt name of one word would be near to a word of some long name by chance.
    boolean several = wanted.size() > 1;
    return wanted.stream()
        .filter(word -> known.contains(word) || (several && of(word, known).isPresent()))
        .count();
  }

  private static List<String> words(String name) {
    return Arrays.stream(name.toLowerCase(Locale.ROOT).split("_"))
        .filter(word -> word.length() >= SHORTEST_WORD)
        .toList();
  }

  static int distance(String a, String b) {
    String s = a.toLowerCase(Locale.ROOT);
    String t = b.toLowerCase(Locale.ROOT);
    int[][] d = new int[s.length() + 1][t.length() + 1];
    for (int i = 0; i <= s.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= t.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= s.length(); i++) {
      for (int j = 1; j <= t.length(); j++) {
        int change = s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && s.charAt(i - 1) == t.charAt(j - 2)
            && s.charAt(i - 2) == t.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[s.length()][t.length()];
  }
}

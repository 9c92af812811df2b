package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowexp.diagnostics.TextRenderer;
import org.flowexp.parse.ExampleFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a model or a diagnostic, soon; never an exception. */
class CheckerFuzzTest {
  private static final Pattern TOKENS =
      Pattern.compile("\"[^\"\n]*\"|#[^\n]*|\\w+|\\s+|[<>=!.-]+|.", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\\w.*");

  private static Checks checked(String text) {
    Checks checks =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Checks.of(text), () -> text);
    assertTrue(checks.suite().isPresent() || !checks.found().isEmpty(), text);
    assertNotNull(new TextRenderer(TextRenderer.Colour.NEVER).render(checks.found()));
    return checks;
  }

  private static String toy() throws IOException {
    return Files.readString(Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp"));
  }

  private static int mutated(long seed, int cases, String text) {
    Random random = new Random(seed);
    int rejected = 0;
    for (int i = 0; i < cases; i++) {
      List<String> words = words(text);
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        mutate(words, random);
      }
      rejected += checked(String.join("", words)).suite().isPresent() ? 0 : 1;
    }
    return rejected;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void mutatedFilesAreCheckedOrRejected(long seed) throws IOException {
    int rejected = mutated(seed, 400, toy());
    assertTrue(rejected > 200 && rejected < 400, "rejected: " + rejected);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void mutatedExamplesAreCheckedOrRejected(long seed) {
    for (String name : ExampleFiles.names().toList()) {
      mutated(seed, 2_000, ExampleFiles.text(name));
    }
  }

  /** Tokens go, come twice, trade places; words are put in the place of words. */
  private static void mutate(List<String> words, Random random) {
    int at = random.nextInt(words.size());
    int other = random.nextInt(words.size());
    while (!WORD.matcher(words.get(other)).matches()) {
      other = random.nextInt(words.size());
    }
    switch (random.nextInt(5)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, words.get(at));
      case 2 -> Collections.swap(words, at, other);
      default -> {
        while (!WORD.matcher(words.get(at)).matches()) {
          at = random.nextInt(words.size());
        }
        words.set(at, words.get(other));
      }
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = TOKENS.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  @Test
  void functionsThatDoubleAreRejectedSoon() {
    StringBuilder text = new StringBuilder("flowexp 1\nfn f0(t) = t + 1\n");
    for (int i = 1; i <= 60; i++) {
      text.append("fn f%d(t) = f%d(t) * f%d(t + 1)\n".formatted(i, i - 1, i - 1));
    }
    text.append("let a = f60(2)\nmetric m = mean(f60(log_w))\n");
    assertFalse(checked(text.toString()).suite().isPresent());
  }

  @Test
  void metricsThatDoubleAreRejectedSoon() {
    StringBuilder text = new StringBuilder("flowexp 1\nmetric m0 = mean(log_w)\n");
    for (int i = 1; i <= 60; i++) {
      text.append("metric m%d = m%d * m%d\n".formatted(i, i - 1, i - 1));
    }
    assertTrue(checked(text.toString()).codes().contains("FX0414"));
  }

  @Test
  void aChainOfDeclarationsInTheWrongOrderIsNoOverflow() {
    StringBuilder text = new StringBuilder("flowexp 1\n");
    for (int i = 5_000; i >= 1; i--) {
      text.append("let a%d = a%d + 1\n".formatted(i, i - 1));
    }
    assertTrue(checked(text + "let a0 = 0\n").codes().equals(List.of("FX0414")));
  }

  @Test
  void hugeCountsAreRejectedSoon() {
    for (String line :
        List.of(
            "let a = sum(sum(sum(i * j * k for i in 1..100000) for j in 1..100000) for k in 1..9)",
            "system a = analytic { dim = 100_000, rotation = random_rotation(seed = 1), energy = u }",
            "let a = 9999 * (9999 * realnvp { mask = every(2) })",
            "param a : int = 0\nparam b : int = 0\nexperiment e { }\nsweep s of e { a in 0..99999, b in 0..99999 }",
            "let a = integral(sum(t * i for i in 1..1000000) for t in 0..1)")) {
      checked("flowexp 1\n" + line + "\n");
    }
  }

  @Test
  void tenThousandBracketsAreRejected() {
    String text = "flowexp 1\nlet a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "\n";
    assertFalse(checked(text).suite().isPresent());
  }

  @Tag("slow")
  @Test
  void aHundredThousandDeclarationsAreChecked() {
    StringBuilder text = new StringBuilder("flowexp 1\nlet a0 = 1\n");
    for (int i = 1; i < 100_000; i++) {
      text.append("let a%d = a%d + %d\n".formatted(i, i - 1, i));
    }
    assertTrue(checked(text.toString()).suite().isPresent());
    assertTrue(checked(text.toString().replace("+", "+ b")).found().size() > 1_000);
  }

  @Tag("slow")
  @Test
  void tenMegabytesAreChecked() {
    String one = ExampleFiles.text("double_well_12d").replace("flowexp 1\n", "");
    assertFalse(
        checked("flowexp 1\n" + one.repeat(10_000_000 / one.length() + 1)).suite().isPresent());
  }
}

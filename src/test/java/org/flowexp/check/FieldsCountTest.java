package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.units.Units;
import org.flowexp.vocabulary.Vocabulary;
import org.junit.jupiter.api.Test;

/** Each field that may be left out changes the canonical form when it is given another value. */
class FieldsCountTest {
  /**
   * Where the values of these cannot be guessed from their type, or need other declarations as
   * well: placed hydrogens another sampler and another flow ({@code CanonicalTest} has them).
   */
  private static final Set<String> NO_GUESS = Set.of("order", "seed", "hydrogens");

  private static String text() throws IOException {
    return Files.readString(Path.of("src/test/resources/examples/every_word.flowexp"));
  }

  /** Another value than the default, written for a field of this type. */
  private static Optional<String> other(Parameter<?> parameter) {
    ParameterType type = parameter.type();
    Object fallback = parameter.fallback().map(Object.class::cast).orElse(null);
    if (type instanceof ParameterType.Whole whole) {
      long value = fallback instanceof Long given ? given + 1 : Math.max(1, whole.least());
      String unit = Units.suggestion(whole.dimension()).map(u -> " " + u).orElse("");
      return Optional.of(value + unit);
    }
    if (type instanceof ParameterType.Real real) {
      double value = fallback instanceof Double given ? given / 2 : Math.min(1, real.most());
      return Optional.of(Double.toString(value));
    }
    if (type instanceof ParameterType.Choice choice) {
      return choice.words().stream().filter(word -> !word.equals(fallback)).findFirst();
    }
    if (type instanceof ParameterType.Truth) {
      return Optional.of(Boolean.toString(!Boolean.TRUE.equals(fallback)));
    }
    return type instanceof ParameterType.Between ? Optional.of("-1.5..1.5") : Optional.empty();
  }

  private static List<Definition<?>> words() {
    List<Definition<?>> words = new ArrayList<>(Vocabulary.all());
    words.add(Blocks.EXPERIMENT);
    return words;
  }

  /** The text with a field more in the first block or call of a word, if it has none of it. */
  private static Optional<String> with(
      String text, Definition<?> word, String field, String value) {
    boolean block = word.form() == Definition.Form.BLOCK;
    String opening = word.name().equals("experiment") ? "experiment on_the_line {" : word.name();
    int at = text.indexOf(block ? opening + (opening.endsWith("{") ? "" : " {") : opening + "(");
    if (at < 0) {
      return Optional.empty();
    }
    int open = text.indexOf(block ? '{' : '(', at);
    int close = closing(text, open);
    if (text.substring(open, close).contains(field + " =")) {
      return Optional.empty();
    }
    return Optional.of(
        text.substring(0, close).stripTrailing()
            + ", "
            + field
            + " = "
            + value
            + text.substring(close));
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new AssertionError("never closed: " + text.substring(open));
  }

  @Test
  void everyFieldThatMayBeLeftOutCounts() throws IOException {
    String text = text();
    List<String> before = Checks.of(text).canonical();
    List<String> counted = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Definition<?> word : words()) {
      for (Parameter<?> parameter : word.parameters()) {
        boolean mayBeMissing = parameter.fallback().isPresent() || parameter.optional();
        Optional<String> changed =
            other(parameter).flatMap(value -> with(text, word, parameter.name(), value));
        String name = word.name() + "." + parameter.name();
        if (!mayBeMissing
            || changed.isEmpty()
            || NO_GUESS.contains(parameter.name())
            || word.category() == Category.FIGURE
            || word.category() == Category.TRACKER) {
          without.add(name);
          continue;
        }
        Checks checks = Checks.of(changed.get());
        assertEquals(List.of(), checks.codes(), name + "\n" + changed.get());
        assertNotEquals(before, checks.canonical(), name);
        counted.add(name);
      }
    }
    assertTrue(counted.size() >= 25, counted + "\nnot: " + without);
  }

  /** The wrong twin: what is no part of the hash must not be taken for a part of it. */
  @Test
  void theTrackerDoesNotCount() throws IOException {
    String renamed = text().replace("experiment = \"words\"", "experiment = \"others\"");
    assertNotEquals(text(), renamed);
    assertEquals(Checks.of(text()).canonical(), Checks.of(renamed).canonical());
  }
}

package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.format.Formatter;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Block;
import org.flowexp.syntax.Comment;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Field;
import org.flowexp.testing.TreeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What layout, order and comments change: nothing. What a value changes: the canonical form. */
class LayoutTest {
  private static final Path TOY =
      Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp");
  private static final Path EVERY_WORD = Path.of("src/test/resources/examples/every_word.flowexp");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])\\d[\\d_]*(\\.\\d+)?(e-?\\d+)?");

  static List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String root : List.of("src/test/resources", "src/main/resources", "experiments")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files.filter(f -> f.toString().endsWith(".flowexp")).sorted().forEach(all::add);
      }
    }
    return all.stream().filter(f -> parsed(text(f)).isPresent()).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static java.util.Optional<Document> parsed(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Document document = Parser.parse(new SourceFile("test.flowexp", text), diagnostics);
    return diagnostics.hasErrors() ? java.util.Optional.empty() : java.util.Optional.of(document);
  }

  @ParameterizedTest
  @MethodSource("files")
  void formattingKeepsTreeCommentsAndHash(Path file) {
    Document before = parsed(text(file)).orElseThrow();
    String once = Formatter.format(before);
    Document after = parsed(once).orElseThrow();
    assertEquals(once, Formatter.format(after));
    assertEquals(TreeText.of(before), TreeText.of(after));
    assertEquals(
        before.comments().stream().map(Comment::text).toList(),
        after.comments().stream().map(Comment::text).toList());
    Checks model = Checks.of(text(file));
    assertEquals(model.codes(), Checks.of(once).codes());
    if (model.suite().isPresent()) {
      assertEquals(model.canonical(), Checks.of(once).canonical());
    }
  }

  @Test
  void thereAreManyFiles() throws IOException {
    assertTrue(files().size() > 100, "files: " + files().size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderOfDeclarationsAndFieldsDoesNotCount(long seed) {
    Document document = parsed(text(TOY)).orElseThrow();
    List<String> declarations =
        new ArrayList<>(document.declarations().stream().map(d -> d.span().text()).toList());
    Collections.shuffle(declarations, new Random(seed));
    String shuffled =
        ("flowexp 1\n# comment\n" + String.join("\n\n", declarations))
            .replace(
                "swap_every = 10 steps, burn_in = 100 steps",
                "burn_in = 100 steps, swap_every = 10 steps")
            .replace("system = wells, architecture = net", "architecture = net, system = wells")
            .replace(
                "{ mask = every(2), hidden = [width, width] }",
                "{ hidden = [width, width], mask = every(2) }");
    assertEquals(Checks.of(text(TOY)).canonical(), Checks.of(shuffled).canonical());
  }

  /** Fields of blocks, whatever the block stands in. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderOfTheFieldsOfEachBlockDoesNotCount(long seed) {
    for (Path file : List.of(TOY, EVERY_WORD)) {
      String before = text(file);
      String shuffled = before;
      int many = blocks(parsed(before).orElseThrow()).size();
      assertTrue(many > 5, file + ": " + many);
      for (int i = 0; i < many; i++) {
        shuffled = permuted(shuffled, i, new Random(seed + i));
      }
      assertNotEquals(before, shuffled);
      assertEquals(Checks.of(before).canonical(), Checks.of(shuffled).canonical(), shuffled);
    }
  }

  /** The text with the fields of one block in another order; what parts them stays. */
  private static String permuted(String text, int number, Random random) {
    List<Span> places =
        blocks(parsed(text).orElseThrow()).get(number).fields().stream().map(Field::span).toList();
    List<String> fields = new ArrayList<>(places.stream().map(Span::text).toList());
    Collections.shuffle(fields, random);
    StringBuilder result = new StringBuilder(text);
    for (int i = places.size() - 1; i >= 0; i--) {
      result.replace(places.get(i).start(), places.get(i).end(), fields.get(i));
    }
    return result.toString();
  }

  private static List<Block> blocks(Object node) {
    List<Block> found = new ArrayList<>();
    if (node instanceof Collection<?> many) {
      many.forEach(one -> found.addAll(blocks(one)));
    } else if (node instanceof java.util.Optional<?> maybe) {
      maybe.ifPresent(one -> found.addAll(blocks(one)));
    } else if (node instanceof Record record && !(node instanceof Span)) {
      if (node instanceof Block block) {
        found.add(block);
      }
      for (var component : TreeText.components(record)) {
        found.addAll(blocks(TreeText.read(component, record)));
      }
    }
    return found;
  }

  /** Each number of a run that is valid when 1 is added; the rest is judged with an error. */
  @Test
  void everyNumberCounts() {
    String text = text(TOY);
    int end = text.indexOf("sweep losses");
    List<String> before = Checks.of(text).canonical();
    Matcher numbers = NUMBER.matcher(text);
    int start = text.indexOf("param width");
    int changed = 0;
    while (numbers.find(start) && numbers.start() < end) {
      start = numbers.end();
      String bound = text.substring(text.lastIndexOf('\n', numbers.start()), numbers.start());
      if (bound.matches("\\s*param.*\\(.*") && !bound.contains("=")) {
        continue; // the range of a type bounds values and is none
      }
      String other =
          text.substring(0, numbers.start()) + number(numbers.group()) + text.substring(start);
      Checks checks = Checks.of(other);
      if (checks.suite().isPresent()) {
        assertNotEquals(before, checks.canonical(), numbers.group() + "\n" + other);
        changed++;
      }
    }
    assertTrue(changed > 20, "changed: " + changed);
  }

  private static String number(String written) {
    double value = Double.parseDouble(written.replace("_", ""));
    return value == Math.rint(value) && !written.contains("e") && !written.contains(".")
        ? Long.toString((long) value + 1)
        : Double.toString(value * 1.5);
  }
}

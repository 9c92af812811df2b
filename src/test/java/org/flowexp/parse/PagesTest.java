package org.flowexp.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowexp.diagnostics.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of {@code explain}: their wrong examples are wrong as told, the right ones right. */
class PagesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("## (Wrong|Right)\n\n```flowexp\n(.*?)```", Pattern.DOTALL);

  /** Every code that the typed constructors can make, read off their source. */
  static Stream<String> codes() throws IOException {
    String source = Files.readString(Path.of("src/main/java/org/flowexp/parse/SyntaxErrors.java"));
    Matcher matcher = Pattern.compile("\"(FX01\\d\\d)\"").matcher(source);
    Set<String> codes = new TreeSet<>();
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    return codes.stream();
  }

  private static String page(String code) throws IOException {
    try (InputStream in = PagesTest.class.getResourceAsStream("/diagnostics/" + code + ".md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> codesIn(String page, String kind) {
    Matcher matcher = EXAMPLE.matcher(page);
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        return ExampleFiles.diagnostics(matcher.group(2)).stream()
            .map(Diagnostic::code)
            .collect(Collectors.toSet());
      }
    }
    throw new AssertionError("no example: " + kind);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void eachPageShowsItsMistakeAndTheWayOut(String code) throws IOException {
    String page = page(code);
    assertTrue(page.startsWith("# " + code + " "), page);
    assertEquals(Set.of(code), codesIn(page, "Wrong"));
    assertEquals(Set.of(), codesIn(page, "Right"));
  }

  @Test
  void eachCodeHasAnExactMessageInTheTable() throws IOException {
    String table = Files.readString(Path.of("src/test/resources/syntax-errors.txt"));
    for (String code : codes().toList()) {
      assertTrue(code.equals("FX0107") || table.contains(" => " + code), code);
    }
  }
}

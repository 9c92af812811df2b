package org.flowexp.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Vocabulary;
import org.flowexp.grammar.FlowExpLexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for editors know the words of the grammar. */
class EditorFilesTest {
  private static final Path EDITORS = Path.of("editors");

  /** The words of the grammar, from its lexer. */
  private static Set<String> words() {
    Set<String> words = new TreeSet<>();
    Vocabulary vocabulary = FlowExpLexer.VOCABULARY;
    for (int type = 0; type <= vocabulary.getMaxTokenType(); type++) {
      String literal = vocabulary.getLiteralName(type);
      if (literal != null && literal.matches("'[a-z_]+'")) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    return words;
  }

  private static List<String> missing(String text) {
    return words().stream()
        .filter(word -> !Pattern.compile("(?<![a-z_])" + word + "(?![a-z_])").matcher(text).find())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vscode/syntaxes/flowexp.tmLanguage.json", "vim/syntax/flowexp.vim"})
  void everyWordOfTheGrammarHasAColour(String file) throws IOException {
    String text = Files.readString(EDITORS.resolve(file));
    assertTrue(words().size() > 30, words()::toString);
    assertEquals(List.of(), missing(text));
    assertEquals(List.of("data_free"), missing(text.replace("data_free", "")));
  }

  @Test
  void completionKnowsTheDeclarationsOfTheGrammar() {
    assertTrue(words().containsAll(CursorSite.DECLARATIONS));
    for (String word : words()) {
      boolean begins =
          Pattern.compile(
                  "(?m)^(\\| |  [:|] )'?" + word + "'? ID|^  [:|] '" + word + "' (ID|STRING)")
              .matcher(grammar())
              .find();
      assertTrue(!begins || CursorSite.DECLARATIONS.contains(word), word);
    }
  }

  private static String grammar() {
    try {
      return Files.readString(Path.of("grammar/org/flowexp/grammar/FlowExp.g4"))
          .replaceAll("(?s)\\ncheck\\n.*", "");
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Test
  void theLockFileNamesNoRegistry() throws IOException {
    String lock = Files.readString(EDITORS.resolve("vscode/package-lock.json"));
    assertFalse(lock.contains("\"resolved\""));
    assertFalse(lock.contains("registry"));
  }
}

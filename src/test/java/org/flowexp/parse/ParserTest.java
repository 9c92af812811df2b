package org.flowexp.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpLexer;
import org.flowexp.grammar.FlowExpParser;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.testing.TreeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {
  private static final String EXAMPLES = "org.flowexp.parse.ExampleFiles#names";

  @ParameterizedTest
  @CsvSource({"double_well_12d, 30", "butane, 31"})
  void theExamplesOfTheDescriptionAreWhole(String name, int declarations) {
    Document document = ExampleFiles.parsed(ExampleFiles.text(name));
    assertEquals(declarations, document.declarations().size());
    assertEquals("1", document.version());
  }

  @ParameterizedTest
  @MethodSource(EXAMPLES)
  void theGrammarIsNotAmbiguous(String name) {
    FlowExpLexer lexer = new FlowExpLexer(CharStreams.fromString(ExampleFiles.text(name)));
    FlowExpParser parser = new FlowExpParser(new CommonTokenStream(lexer));
    AmbiguityListener listener = new AmbiguityListener();
    parser.removeErrorListeners();
    parser.addErrorListener(listener);
    parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
    parser.file();
    assertEquals(List.of(), listener.found);
  }

  private static final class AmbiguityListener extends BaseErrorListener {
    private final List<String> found = new ArrayList<>();

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        RecognitionException e) {
      found.add(line + ":" + column + " " + message);
    }

    @Override
    public void reportAmbiguity(
        org.antlr.v4.runtime.Parser recognizer,
        DFA dfa,
        int start,
        int stop,
        boolean exact,
        BitSet alternatives,
        ATNConfigSet configs) {
      String rule = recognizer.getRuleNames()[dfa.atnStartState.ruleIndex];
      found.add(rule + " " + recognizer.getTokenStream().get(start) + " " + alternatives);
    }
  }

  /** Cutting a file at its declarations must not change what the grammar says of it. */
  @ParameterizedTest
  @MethodSource(EXAMPLES)
  void cuttingAtDeclarationsAgreesWithTheGrammarOfAWholeFile(String name) {
    String text = ExampleFiles.text(name);
    FlowExpParser parser =
        new FlowExpParser(new CommonTokenStream(new FlowExpLexer(CharStreams.fromString(text))));
    assertEquals(parser.file().decl().size(), ExampleFiles.parsed(text).declarations().size());
    assertEquals(0, parser.getNumberOfSyntaxErrors());
  }

  /** The text under the span of an expression is that expression. */
  @ParameterizedTest
  @MethodSource(EXAMPLES)
  void spansAreExact(String name) {
    List<Record> nodes = new ArrayList<>();
    collect(ExampleFiles.parsed(ExampleFiles.text(name)), nodes);
    int expressions = 0;
    for (Record node : nodes) {
      if (node instanceof Expression expression) {
        Diagnostics diagnostics = new Diagnostics();
        SourceFile text = new SourceFile("span", expression.span().text());
        Expression again = Parser.expression(text, diagnostics);
        assertEquals(List.of(), diagnostics.inFileOrder());
        assertEquals(TreeText.of(expression), TreeText.of(again));
        assertEquals(new Span(text, 0, text.text().length()), again.span());
        expressions++;
      } else if (node instanceof Declaration declaration) {
        Document again = ExampleFiles.parsed("flowexp 1 " + declaration.span().text());
        assertEquals(TreeText.of(declaration), TreeText.of(again.declarations().get(0)));
      }
    }
    assertTrue(expressions > 100, "expressions seen: " + expressions);
  }

  private static void collect(Object node, List<Record> nodes) {
    if (node instanceof Collection<?> many) {
      many.forEach(one -> collect(one, nodes));
    } else if (node instanceof Optional<?> maybe) {
      maybe.ifPresent(one -> collect(one, nodes));
    } else if (node instanceof Record record && !(node instanceof Span)) {
      nodes.add(record);
      for (RecordComponent component : TreeText.components(record)) {
        collect(TreeText.read(component, record), nodes);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a + b * c ^ d ^ e      | (a + (b * (c ^ (d ^ e))))",
        "a - b - c              | ((a - b) - c)",
        "-a ^ 2                 | (-(a ^ 2))",
        "2 ^ -a * b             | ((2 ^ (-a)) * b)",
        "not a < b and c or d   | (((not(a < b)) and c) or d)",
        "a >> 4 * b >> c        | ((a >> (4 * b)) >> c)",
        "a or b >> c            | ((a or b) >> c)",
        "pi/3 rad               | (pi / 3 rad)",
        "5 kJ/mol/nm^2          | 5 kJ/mol/nm^2",
        "5 kJ / mol             | (5 kJ / mol)",
        "3 nm ^ 2               | (3 nm ^ 2)",
        "3 nm/2                 | (3 nm / 2)",
      })
  void operatorsBindAsInMathematics(String written, String bound) {
    Diagnostics diagnostics = new Diagnostics();
    Expression tree = Parser.expression(new SourceFile("test", written), diagnostics);
    assertEquals(List.of(), diagnostics.inFileOrder());
    assertEquals(bound, bracketed(tree));
  }

  private static String bracketed(Expression tree) {
    if (tree instanceof Expression.Binary b) {
      String symbol = " " + b.operator().symbol() + " ";
      return "(" + bracketed(b.left()) + symbol + bracketed(b.right()) + ")";
    }
    if (tree instanceof Expression.Unary u) {
      return "(" + u.operator().symbol() + bracketed(u.operand()) + ")";
    }
    return tree.span().text();
  }

  @Test
  void aUnitStaysOnTheLineOfItsNumber() {
    Document document =
        ExampleFiles.parsed("flowexp 1\nsystem s = x {\n  a = 5\n  kJ = 3 kJ\n  b = 20 %\n}");
    Declaration.Value system = (Declaration.Value) document.declarations().get(0);
    assertEquals(3, ((Expression.Construct) system.value()).block().fields().size());
  }

  @Test
  void stringsAreDecoded() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = new SourceFile("test", "\"a\\\"b\\\\c\\n\\t\\r\\u00e9 \uD835\uDD38\"");
    Expression.Text text = (Expression.Text) Parser.expression(file, diagnostics);
    assertEquals("a\"b\\c\n\t\r\u00e9 \uD835\uDD38", text.value());
  }

  @Test
  void numbersMayHaveUnderscores() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = new SourceFile("test", "1_000.000_5e1");
    Expression.Quantity number = (Expression.Quantity) Parser.expression(file, diagnostics);
    assertEquals(10_000.005, number.value());
    assertEquals("1_000.000_5e1", number.text());
  }

  @Test
  void placesCountUtf16UnitsBehindCharactersOutsideTheBasicPlane() {
    Document document = ExampleFiles.parsed("flowexp 1\nlet a = \"\uD835\uDD38\"\nlet b = cc # d");
    Declaration.Value b = (Declaration.Value) document.declarations().get(1);
    assertEquals("cc", b.value().span().text());
    assertEquals("# d", document.comments().get(0).span().text());
  }

  @Test
  void commentsAreKeptBesideTheTree() {
    Document document = ExampleFiles.parsed("# a\nflowexp 1 ## b  \nlet a = 1 # c");
    assertEquals(
        List.of("# a", "## b", "# c"), document.comments().stream().map(c -> c.text()).toList());
  }
}

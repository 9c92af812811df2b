package org.flowexp.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.flowexp.grammar.FlowExpLexer;

/**
 * What could have stood somewhere, in words: a set of token types read as a person would say it.
 */
final class Expected {
  private static final Set<String> OPERATORS =
      Set.of(
          "^", "*", "/", "+", "-", "<", "<=", ">", ">=", "==", "!=", "and", "or", ">>", ".", "[",
          "(", "with", "%", "..", "->");
  private static final Set<String> EXPRESSION_STARTS =
      Set.of("-", "not", "if", "true", "false", "[", "(");
  private static final int MOST = 5;

  private final Set<String> literals = new TreeSet<>();
  private boolean identifier;
  private boolean number;
  private boolean string;
  private boolean end;

  Expected(IntervalSet types) {
    for (int type : types.toArray()) {
      switch (type) {
        case FlowExpLexer.ID -> identifier = true;
        case FlowExpLexer.NUMBER -> number = true;
        case FlowExpLexer.STRING -> string = true;
        case Token.EOF -> end = true;
        default -> literal(type);
      }
    }
  }

  private void literal(int type) {
    String quoted = FlowExpLexer.VOCABULARY.getLiteralName(type);
    if (quoted != null) {
      literals.add(quoted.substring(1, quoted.length() - 1));
    }
  }

  boolean has(String literal) {
    return literals.contains(literal);
  }

  boolean hasName() {
    return identifier;
  }

  boolean hasString() {
    return string;
  }

  boolean hasOperator() {
    return literals.contains("^") && literals.contains("and");
  }

  boolean hasExpression() {
    return identifier && number && string && literals.contains("not");
  }

  /** {@code expected …}, or that this is out of place where too much could be said. */
  String label() {
    List<String> words = words();
    if (words.isEmpty() || words.size() > MOST) {
      return "not expected here";
    }
    String last = words.get(words.size() - 1);
    return words.size() == 1
        ? "expected " + last
        : "expected " + String.join(", ", words.subList(0, words.size() - 1)) + " or " + last;
  }

  private List<String> words() {
    Set<String> left = new TreeSet<>(literals);
    List<String> words = new ArrayList<>();
    if (hasExpression()) {
      words.add("an expression");
      left.removeAll(EXPRESSION_STARTS);
    } else {
      if (identifier && !hasOperator()) {
        words.add("a name");
      }
      if (number && !hasOperator()) {
        words.add("a number");
      }
      if (string) {
        words.add("a string");
      }
    }
    if (identifier && left.contains("flowexp")) {
      left.removeIf(Expected::isNameWord);
    }
    if (left.contains("param") && left.contains("fn")) {
      left.removeAll(Words.DECLARATIONS);
      words.add("the next declaration");
    }
    boolean operator = hasOperator();
    if (operator) {
      left.removeAll(OPERATORS);
    }
    left.forEach(literal -> words.add("`" + literal + "`"));
    if (operator) {
      words.add("an operator");
    }
    if (end && words.isEmpty()) {
      words.add("the end");
    }
    return words;
  }

  private static boolean isNameWord(String word) {
    return Character.isLetter(word.codePointAt(0)) && !HARD.contains(word);
  }

  private static final Set<String> HARD =
      Set.of(
          "if", "then", "else", "and", "or", "not", "true", "false", "for", "in", "where", "with");
}

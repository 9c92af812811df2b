package org.flowexp.lsp;

import java.util.Optional;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;

/** What a name stands for. */
sealed interface Meant {

  /**
   * A name that a person has given.
   *
   * @param at where it was given; the same place, in whichever reading, is the same name
   * @param declaration empty for arguments, running indices and phases
   */
  record Declared(Span at, Optional<Declaration.Named> declaration) implements Meant {
    boolean same(Declared other) {
      return at.start() == other.at.start() && at.file().name().equals(other.at.file().name());
    }
  }

  /** A word of the language: of the vocabulary, a function, a variable of samples. */
  record Word(String name) implements Meant {}

  /** A field or named argument of a word. */
  record FieldOf(String word, String field) implements Meant {}

  record Unit(String symbol) implements Meant {}

  /** A whole file: the path of an import, or its name after {@code as}. */
  record Text(SourceFile file) implements Meant {}

  /** A name after a dot that only its value knows. */
  record Member(String name) implements Meant {}
}

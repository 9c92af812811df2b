package org.flowexp.lsp;

import org.flowexp.source.Span;

/**
 * A name where it stands.
 *
 * @param declares true where the name is given
 */
record Occurrence(Span span, Role role, Meant meant, boolean declares) {

  /** What kind of name it is, for its colour. */
  enum Role {
    VARIABLE("variable"),
    PARAM("parameter"),
    FUNCTION("function"),
    WORD("class"),
    FIELD("property"),
    UNIT("enumMember"),
    FILE("namespace");

    private final String token;

    Role(String token) {
      this.token = token;
    }

    /** The protocol's word for it. */
    String token() {
      return token;
    }
  }
}

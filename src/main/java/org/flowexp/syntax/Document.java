package org.flowexp.syntax;

import java.util.List;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;

/**
 * A whole file.
 *
 * @param version the number after {@code flowexp}, as written
 */
public record Document(
    SourceFile file,
    String version,
    Span versionSpan,
    List<Declaration> declarations,
    List<Comment> comments) {
  public Document {
    declarations = List.copyOf(declarations);
    comments = List.copyOf(comments);
  }
}

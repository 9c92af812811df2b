package org.flowexp.syntax;

import java.util.List;
import java.util.Set;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;

/**
 * A whole file.
 *
 * @param version the number after {@code flowexp}, as written
 * @param lost the words of what did not parse: any of them may have been meant to declare something
 */
public record Document(
    SourceFile file,
    String version,
    Span versionSpan,
    List<Declaration> declarations,
    Set<String> lost,
    List<Comment> comments) {
  public Document {
    declarations = List.copyOf(declarations);
    lost = Set.copyOf(lost);
    comments = List.copyOf(comments);
  }
}

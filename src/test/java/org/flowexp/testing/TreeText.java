package org.flowexp.testing;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Comment;

/** A syntax tree as text without its places, so that trees of different files can be compared. */
public final class TreeText {
  private TreeText() {}

  public static String of(Object node) {
    if (node instanceof Collection<?> many) {
      return many.stream()
          .filter(e -> !(e instanceof Comment))
          .map(TreeText::of)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node instanceof Optional<?> maybe) {
      return maybe.map(TreeText::of).orElse("-");
    }
    if (node instanceof Span || node instanceof SourceFile) {
      return "@";
    }
    if (!(node instanceof Record)) {
      return String.valueOf(node);
    }
    StringBuilder text = new StringBuilder(node.getClass().getSimpleName()).append('(');
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      text.append(of(read(component, node))).append(' ');
    }
    return text.append(')').toString();
  }

  public static Object read(RecordComponent component, Object node) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

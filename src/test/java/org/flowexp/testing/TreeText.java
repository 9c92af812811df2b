package org.flowexp.testing;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Comment;

/** A syntax tree as text without its places, so that trees of different files can be compared. */
public final class TreeText {
  private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

  private final StringBuilder text = new StringBuilder();

  private TreeText() {}

  public static String of(Object node) {
    TreeText tree = new TreeText();
    tree.write(node);
    return tree.text.toString();
  }

  private void write(Object node) {
    if (node instanceof Collection<?> many) {
      text.append('[');
      many.stream().filter(one -> !(one instanceof Comment)).forEach(this::write);
      text.append(']');
    } else if (node instanceof Optional<?> maybe) {
      maybe.ifPresentOrElse(this::write, () -> text.append('-'));
    } else if (node instanceof Span || node instanceof SourceFile) {
      text.append('@');
    } else if (node instanceof Record record) {
      text.append(record.getClass().getSimpleName()).append('(');
      for (RecordComponent component : components(record)) {
        write(read(component, record));
      }
      text.append(')');
    } else {
      text.append(node).append(' ');
    }
  }

  public static RecordComponent[] components(Record record) {
    return COMPONENTS.computeIfAbsent(
        record.getClass(),
        type -> {
          RecordComponent[] components = type.getRecordComponents();
          for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
          }
          return components;
        });
  }

  public static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

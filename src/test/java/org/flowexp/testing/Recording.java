package org.flowexp.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;

/** Keeps all events. */
public final class Recording implements RunListener {
  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void accept(RunEvent event) {
    events.add(event);
  }

  @Override
  public void close() {}

  /** Those of one kind about one run, in order. */
  public <T extends RunEvent> List<T> of(String subject, Class<T> kind) {
    return List.copyOf(events).stream()
        .filter(event -> event.subject().equals(subject))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Those of one kind. */
  public <T extends RunEvent> List<T> of(Class<T> kind) {
    return List.copyOf(events).stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}

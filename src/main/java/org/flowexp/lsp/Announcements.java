package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;

/** Tells the editor the mistakes of a text, and those of files that it imports. */
final class Announcements {
  private final Desk desk;
  private final Map<String, Set<String>> told = new HashMap<>();
  private LanguageClient client;

  Announcements(Desk desk) {
    this.desk = desk;
  }

  void connect(LanguageClient editor) {
    client = editor;
  }

  void announce(String address) {
    Map<String, List<Diagnostic>> messages = new LinkedHashMap<>();
    messages.put(address, new ArrayList<>());
    for (String before : told.getOrDefault(address, Set.of())) {
      messages.put(before, new ArrayList<>());
    }
    desk.reading(address)
        .ifPresent(
            reading ->
                reading
                    .mistakes()
                    .forEach(
                        mistake ->
                            messages
                                .computeIfAbsent(
                                    desk.places().address(mistake.primary().span().file()),
                                    other -> new ArrayList<>())
                                .add(Messages.of(mistake, desk.places()))));
    told.put(address, new HashSet<>(messages.keySet()));
    messages.forEach(
        (of, mistakes) -> {
          if (of.equals(address)) {
            client.publishDiagnostics(
                new PublishDiagnosticsParams(of, mistakes, desk.version(address)));
          } else if (!desk.isOpen(of)) {
            client.publishDiagnostics(new PublishDiagnosticsParams(of, mistakes));
          }
        });
  }

  /** A closed text has nothing to say. */
  void withdraw(String address) {
    Set<String> of = new HashSet<>(told.getOrDefault(address, Set.of()));
    of.add(address);
    told.remove(address);
    of.stream()
        .filter(other -> !desk.isOpen(other))
        .forEach(
            other -> client.publishDiagnostics(new PublishDiagnosticsParams(other, List.of())));
  }
}

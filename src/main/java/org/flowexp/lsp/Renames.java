package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.flowexp.check.Reference;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;

/** Where a name stands in all files, and giving it another. */
final class Renames {
  private final Desk desk;

  Renames(Desk desk) {
    this.desk = desk;
  }

  /** A renaming that is not possible, with the reason as a sentence for the user. */
  static final class Refusal extends Exception {
    Refusal(String reason) {
      super(reason);
    }
  }

  List<Location> references(Reading reading, int offset, boolean withDeclaration) {
    Optional<Occurrence> here = reading.occurrences().at(offset);
    if (here.isEmpty()) {
      return List.of();
    }
    List<Reading> texts =
        here.get().meant() instanceof Meant.Declared ? desk.everything() : List.of(reading);
    List<Location> found = new ArrayList<>();
    for (Reading text : texts) {
      for (Occurrence occurrence : text.occurrences().all()) {
        if (same(here.get(), occurrence) && (withDeclaration || !occurrence.declares())) {
          found.add(desk.places().location(occurrence.span()));
        }
      }
    }
    return found;
  }

  private static boolean same(Occurrence a, Occurrence b) {
    if (a.meant() instanceof Meant.Declared one) {
      return b.meant() instanceof Meant.Declared other && one.same(other);
    }
    return a.meant().equals(b.meant());
  }

  /** The name at a place, if a person has given it. */
  Occurrence renamed(Reading reading, int offset) throws Refusal {
    Occurrence here =
        reading.occurrences().at(offset).orElseThrow(() -> new Refusal("there is no name here"));
    if (!(here.meant() instanceof Meant.Declared declared)) {
      throw new Refusal("`" + here.span().text() + "` is a word of the language");
    }
    if (Places.isLibrary(declared.at().file())) {
      throw new Refusal(
          "`"
              + here.span().text()
              + "` belongs to \""
              + declared.at().file().name()
              + "\", which comes with the program");
    }
    return here;
  }

  WorkspaceEdit rename(Reading reading, int offset, String name) throws Refusal {
    Occurrence here = renamed(reading, offset);
    Meant.Declared declared = (Meant.Declared) here.meant();
    refuseBadName(name);
    Map<String, List<TextEdit>> edits = new LinkedHashMap<>();
    for (Reading text : desk.everything()) {
      List<Occurrence> places = text.occurrences().of(declared);
      if (places.isEmpty()) {
        continue;
      }
      refuseTaken(text, name);
      List<TextEdit> ofText = new ArrayList<>();
      places.forEach(p -> ofText.add(new TextEdit(Places.range(p.span()), name)));
      edits.put(desk.places().address(text.source()), ofText);
    }
    return new WorkspaceEdit(edits);
  }

  private static void refuseBadName(String name) throws Refusal {
    Diagnostics mistakes = new Diagnostics();
    SourceFile lone = new SourceFile("name", "flowexp 1\nlet " + name + " = 1\n");
    boolean one = Token.of(name, name.length()).size() == 1;
    int count = Parser.parse(lone, mistakes).declarations().size();
    if (!one || count != 1 || mistakes.hasErrors()) {
      throw new Refusal("`" + name + "` is no name");
    }
    if (Reference.names().contains(name)) {
      throw new Refusal("`" + name + "` has a meaning in the language");
    }
  }

  /** A name that already means something in the file would be two things. */
  private static void refuseTaken(Reading text, String name) throws Refusal {
    boolean taken =
        text.exploration().declaration(name).isPresent()
            || text.exploration().imports().containsKey(name)
            || text.occurrences().all().stream()
                .anyMatch(o -> o.declares() && o.span().text().equals(name));
    if (taken) {
      throw new Refusal("`" + name + "` is already declared in " + text.source().name());
    }
  }
}

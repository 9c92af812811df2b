package org.flowexp.check;

import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.syntax.Declaration;

/** Declarations and imports that nothing refers to. */
final class Unused {
  private final FileScope file;
  private final Diagnostics diagnostics;

  Unused(FileScope file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  void report() {
    // A file without experiments is a library: its names are for others.
    if (file.declarations(Declaration.Experiment.class).isEmpty()) {
      return;
    }
    for (Declaration.Named named : file.declarations(Declaration.Named.class)) {
      boolean runs =
          named instanceof Declaration.Experiment
              || named instanceof Declaration.Sweep
              || named instanceof Declaration.Profile;
      if (!runs && !file.isUsed(named.name().text())) {
        diagnostics.add(Advice.unused(named.kind(), named.name().text(), named.name().span()));
      }
    }
    file.imports()
        .forEach(
            (name, entry) -> {
              if (!file.isUsed(name)) {
                diagnostics.add(Advice.unused("import", name, entry.name().span()));
              }
            });
  }
}

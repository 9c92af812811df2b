package org.flowexp.check;

import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** FX06: warnings. */
final class Advice {
  private Advice() {}

  static Diagnostic unused(String kind, String name, Span span) {
    return Diagnostic.warning(
            "FX0601", kind + " `" + name + "` is not used", span, "nothing refers to it")
        .help("remove it, or use it");
  }
}

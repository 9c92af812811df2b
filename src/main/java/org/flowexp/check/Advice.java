package org.flowexp.check;

import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** FX06: warnings. */
final class Advice {
  private Advice() {}

  static Diagnostic unused(String kind, String name, Span span) {
    return Diagnostic.warning("FX0601", kind + " `" + name + "` is not used", span, "nothing refers to it").help("remove it, or use it");
  }

  static Diagnostic ratioInsteadOfLog(Span span) {
    return Diagnostic.warning("FX0602", "a ratio where a log-ratio will do", span, "e^log_w overflows where log_w does not")
        .help("`log_mean_exp(log_w)`, `softmax(log_w)` work with logs throughout");
  }
}

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

  static Diagnostic ratio(Span span) {
    return Diagnostic.warning(
            "FX0602",
            "a ratio of densities where its logarithm will do",
            span,
            "this overflows where the target is much denser than the flow")
        .help(
            "write `softmax(log_w)` for normalised weights, `log_mean_exp(log_w)` for their mean");
  }

  static Diagnostic fewSamples(String metric, double threshold, long samples, Span span) {
    return Diagnostic.warning(
            "FX0603",
            "`" + metric + "` is counted on too few samples for this threshold",
            span,
            Coercion.shown(threshold) + " is less than one of " + samples + " samples")
        .help(
            "evaluate on at least "
                + (long) Math.ceil(10 / threshold)
                + " samples: `evaluate_on = … samples`");
  }

  static Diagnostic sweptAnyway(String param, String sweep, Span span) {
    return Diagnostic.warning(
            "FX0640",
            "no run takes `" + param + "` from this profile",
            span,
            "every sweep varies `" + param + "` itself")
        .help("replace the axis: `" + sweep + "." + param + " in [" + "…]`");
  }

  static Diagnostic lowersData(String name, Span span) {
    return Diagnostic.warning(
            "FX0604",
            "the loss `" + name + "` lowers the density of the flow at the data",
            span,
            "minimising this lowers log_q at every sample, without a bound")
        .help("turn the sign around: maximum likelihood is `mean(-log_q)`");
  }
}

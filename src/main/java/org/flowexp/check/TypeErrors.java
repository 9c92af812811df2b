package org.flowexp.check;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;
import org.flowexp.units.Units;

/** FX03: types and units. */
final class TypeErrors {
  private TypeErrors() {}

  static Diagnostic dimensions(
      String symbol, Dimension left, Span leftSpan, Dimension right, Span rightSpan) {
    return Diagnostic.error(
            "FX0301",
            "`" + symbol + "` joins " + left + " and " + right,
            rightSpan,
            "this is " + right)
        .also(leftSpan, "this is " + left)
        .help(
            rightSpan.text().endsWith("kT") || leftSpan.text().endsWith("kT")
                ? Optional.of("kT is 1 among reduced energies; as an energy write `kB * T`")
                : unitHelp(left, right));
  }

  private static Optional<String> unitHelp(Dimension wanted, Dimension found) {
    if (found.isNone()) {
      return Units.suggestion(wanted).map(unit -> "give the number a unit, such as " + unit);
    }
    if (wanted.isNone()) {
      return Optional.of("the other has no unit: write this one without, or divide by a scale");
    }
    if (Set.of(wanted, found).equals(Set.of(Dimension.ENERGY, Dimension.TEMPERATURE))) {
      return Optional.of("kB * T is the energy that belongs to a temperature T");
    }
    if (wanted.times(Dimension.TEMPERATURE).equals(found)) {
      return Optional.of("a temperature is written in K, such as `300 K`");
    }
    return Units.suggestion(wanted).map(unit -> "a value in " + unit + " would fit");
  }

  static Diagnostic needsPlainNumber(String what, Dimension found, Span span) {
    return Diagnostic.error(
            "FX0302", "`" + what + "` needs a number without unit", span, "this is " + found)
        .help(Units.suggestion(found).map(unit -> "divide by a value in " + unit));
  }

  static Diagnostic wrongDimension(String field, Dimension wanted, Dimension found, Span span) {
    return Diagnostic.error(
            "FX0301",
            "`" + field + "` is " + wanted.phrase() + ", not " + found.phrase(),
            span,
            "this is " + found.phrase())
        .help(
            wanted.isNone()
                ? Optional.of("write the number without a unit")
                : Units.suggestion(wanted)
                    .map(
                        unit ->
                            found.isNone() && span.text().matches("[\\d._]+([eE]-?\\d+)?")
                                ? "write `" + span.text() + " " + unit + "`"
                                : "write it in " + unit));
  }

  static Diagnostic mismatch(String where, String expected, String found, Span span) {
    return Diagnostic.error("FX0303", where + " needs " + expected, span, "this is " + found);
  }

  static Diagnostic oneValuePerSample(String where, Span span) {
    return Diagnostic.error(
            "FX0304", where + " needs one value, not one per sample", span, "one value per sample")
        .help("reduce it over the batch: `mean(…)`, `sum(…)`, `variance(…)`");
  }

  /** {@code s} itself where one of its elements, or a sum over them, was meant. */
  static Diagnostic vectorWherePerSample(String where, Span span) {
    return Diagnostic.error(
            "FX0305", where + " needs one value per sample", span, "one value per coordinate")
        .help("take an element, `s[0]`, or sum over them: `sum(s[i]^2 for i in 0..11)`");
  }

  static Diagnostic needsPerSample(String where, Span span) {
    return Diagnostic.error(
            "FX0305", where + " needs one value per sample", span, "one value for all samples")
        .help("let it depend on the sample, for example through x, u, log_q or an observable");
  }

  static Diagnostic lossWithDimension(String name, Dimension found, Span span) {
    return Diagnostic.error(
            "FX0306", "the loss `" + name + "` has a dimension", span, "this is " + found)
        .help(Units.suggestion(found).map(unit -> "divide by a scale in " + unit));
  }

  static Diagnostic lossWithoutFlow(String name, String source, Span span, Span on) {
    Diagnostic diagnostic =
        Diagnostic.error(
            "FX0307",
            "the loss `" + name + "` does not depend on the flow",
            span,
            "no gradient reaches the flow from here");
    return source.equals("latent")
        ? diagnostic.help("something is left only inside `stop(…)`; take it out of `stop`")
        : diagnostic
            .also(on, "on " + source + ", x carries no gradient: only log_q and log_w do")
            .help(
                "use log_q or log_w outside `stop(…)`, or write `on latent` for a gradient through x");
  }

  static Diagnostic lossOfFixedEnergy(
      String name, String source, String system, Span minimize, Span declared) {
    return Diagnostic.error(
            "FX0307",
            "the loss `" + name + "` does not depend on the flow",
            minimize,
            "the flow places no hydrogens of `" + system + "`, so no gradient goes through u")
        .also(declared, "on " + source + ", without log_q and log_w")
        .help("use log_q or log_w outside `stop(…)`, or a system with `hydrogens = placed`");
  }

  static Diagnostic truthWhereNumber(String symbol, Span span) {
    return Diagnostic.error(
            "FX0308", "`" + symbol + "` needs a number", span, "this is true or false")
        .help("choose numbers with `if … then … else …`");
  }

  static Diagnostic numberWhereTruth(String symbol, Span span) {
    return Diagnostic.error(
            "FX0308", "`" + symbol + "` needs true or false", span, "this is a number")
        .help("compare it: `… > 0`");
  }

  static Diagnostic unknownArgument(
      String function, String name, Span span, Collection<String> known) {
    return Diagnostic.error(
            "FX0309", "`" + function + "` has no argument `" + name + "`", span, "unknown argument")
        .help(
            NearestName.question(name, known)
                .or(
                    () ->
                        Optional.of(
                            known.isEmpty()
                                ? "it takes no named arguments"
                                : "it has " + String.join(", ", known))));
  }

  static Diagnostic argumentCount(String function, String wanted, int found, Span span) {
    return Diagnostic.error(
        "FX0310",
        "`" + function + "` takes " + wanted,
        span,
        found + (found == 1 ? " argument" : " arguments") + " given");
  }

  static Diagnostic notCallable(String what, Span span) {
    return Diagnostic.error("FX0311", "this cannot be called", span, "this is " + what)
        .help("only functions, losses with arguments and words of the vocabulary take `(…)`");
  }

  static Diagnostic notIndexable(String what, Span span) {
    return Diagnostic.error("FX0312", "this has no elements", span, "this is " + what)
        .help(
            what.equals("data cut in two")
                ? "its parts are `.first` and `.rest`"
                : "x, z and s have elements, from index 0: `s[0]`");
  }

  static Diagnostic vectorInArithmetic(String symbol, Span span) {
    return Diagnostic.error(
            "FX0313",
            "`" + symbol + "` needs a number for each sample",
            span,
            "this has one number per coordinate")
        .help("take an element, `s[0]`, or sum over them: `sum(s[i]^2 for i in 0..11)`");
  }

  static Diagnostic exponent(Span span) {
    return Diagnostic.error(
            "FX0314",
            "the exponent of a value with a unit must be a number that is known",
            span,
            "not a plain number known before the run")
        .help("write the exponent as a number, or divide the base by a scale in its unit");
  }

  static Diagnostic operator(String symbol, String left, String right, Span span) {
    Diagnostic plain =
        Diagnostic.error(
            "FX0315",
            "`" + symbol + "` does not work on " + left + " and " + right,
            span,
            left + " " + symbol + " " + right);
    boolean losses = left.equals("a loss") || right.equals("a loss");
    return losses ? plain.help("losses are weighted and added: `0.7 * kl_x + 0.3 * l2`") : plain;
  }

  static Diagnostic notHere(String name, Span span) {
    return Diagnostic.error(
            "FX0316",
            "`" + name + "` has no value here",
            span,
            name.equals("s")
                ? "known only in the `energy` of a system"
                : "known only for samples, in losses, sample masks, observables and metrics")
        .help(
            name.equals("s")
                ? "of samples it is a member of their system, such as `wells.s[0]`"
                : "use it in a `loss`, a `mask` or a `metric`; an `energy` is a formula of `s`");
  }

  static Diagnostic noLogZOfData(String loss, Span span, Span on) {
    return Diagnostic.error(
            "FX0316",
            "`running_log_z` has no value here",
            span,
            "the mean of e^log_w is an estimate of Z only over the flow's own samples")
        .also(on, "`" + loss + "` looks at data")
        .help("write the loss `on model`, or give a number in its place");
  }

  static Diagnostic onlyInMetrics(String name, Span span) {
    return Diagnostic.error(
            "FX0320", "`" + name + "` is for metrics", span, "no gradient comes from here")
        .help(
            Reference.library(name)
                .map(library -> "for the loss: import \"" + library + "\" { " + name + " }")
                .orElse("measure it in a `metric`"));
  }

  static Diagnostic measuredInLoss(String loss, Span span) {
    return Diagnostic.error(
            "FX0320",
            "the loss `" + loss + "` uses what is only measured",
            span,
            "a part of this looks at other data, or is an estimate without a gradient")
        .help("keep it in a `metric`; a loss is a formula of its own samples");
  }

  static Diagnostic hasNoError(Span span) {
    return Diagnostic.error(
            "FX0330",
            "this has no standard error",
            span,
            "it hangs on single samples, or is an error itself")
        .help("ask for the error of a mean, a probability, log Z or a free-energy difference");
  }
}

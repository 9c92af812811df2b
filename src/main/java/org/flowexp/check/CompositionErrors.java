package org.flowexp.check;

import java.util.Optional;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.model.Generators;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;

/** FX05: what does not fit together. */
final class CompositionErrors {
  private CompositionErrors() {}

  static Diagnostic dimensionMismatch(
      String experiment, int flow, int system, Span architecture, Span systemSpan) {
    return Diagnostic.error(
            "FX0501",
            "the architecture makes " + flow + " coordinates, the system has " + system,
            architecture,
            flow + " coordinates")
        .also(systemSpan, system + " coordinates")
        .help(
            "write the base with the system's own number, such as `normal("
                + experiment
                + ".dim)`");
  }

  static Diagnostic noCoordinate(long index, SystemModel system, Span used, Span declared) {
    return noCoordinate(index, "`" + system.name() + "`", system.width(), used, declared);
  }

  static Diagnostic noCoordinate(long index, String owner, int dim, Span used, Span declared) {
    Diagnostic diagnostic =
        Diagnostic.error(
            "FX0551",
            "there is no coordinate " + index + " in " + owner,
            used,
            "there are coordinates 0 to " + (dim - 1));
    return (used.equals(declared) ? diagnostic : diagnostic.also(declared, "asked for in here"))
        .help("indices start at 0");
  }

  static Diagnostic notOfConfigurations(String variable, Span span) {
    return Diagnostic.error(
            "FX0550",
            "a condition on data sees only their configurations",
            span,
            "this depends on `" + variable + "`")
        .help(
            "select by x or an observable; conditions with `"
                + variable
                + "` are for losses and metrics");
  }

  static Diagnostic dropsAll(long count, Span span) {
    return Diagnostic.error(
            "FX0510", "`drop` leaves none of " + count + " samples", span, "all of them")
        .help("draw more samples, or drop fewer");
  }

  static Diagnostic noPhase(String schedule, Span span) {
    return Diagnostic.error(
            "FX0552", "the schedule `" + schedule + "` has no phase", span, "nothing to do")
        .help("to measure a generator as it is, give it a phase with `steps = 0 steps`");
  }

  static Diagnostic maskSelects(String what, int dim, Span span) {
    return Diagnostic.error(
            "FX0502",
            "the mask selects " + what + " of " + dim + " coordinates",
            span,
            "a coupling transforms some coordinates given the others")
        .help("choose a mask that selects some and leaves some, such as `every(2)`");
  }

  static Diagnostic noBase(Span span) {
    return Diagnostic.error(
            "FX0503",
            "an architecture begins with a base density",
            span,
            "this begins with a layer")
        .help("write `normal(dim) >> …`: `>>` runs from latent to configuration");
  }

  static Diagnostic baseInside(Span span) {
    return Diagnostic.error(
            "FX0504", "a base density stands only at the beginning", span, "a second base density")
        .help("layers follow `>>`; the base is the first part");
  }

  static Diagnostic phaseNeedsData(String phase, String loss, String declared, Span span) {
    return Diagnostic.error(
            "FX0505",
            "phase `" + phase + "` has no data",
            span,
            "`" + loss + "` is a loss on data (" + declared + ")")
        .help("give the phase `data = …`, or minimize a loss on model or latent");
  }

  static Diagnostic dataInDataFree(String phase, Span span, Span dataFree) {
    return Diagnostic.error(
            "FX0506", "phase `" + phase + "` is data_free and names data", span, "data given here")
        .also(dataFree, "data_free promised here")
        .help("drop `data = …`, or drop `data_free`");
  }

  static Diagnostic reachesData(String loss, String declared, Span minimize, Span dataFree) {
    return Diagnostic.error(
            "FX0507",
            "a data_free phase reaches data",
            minimize,
            "`" + loss + "` is a loss on data (" + declared + ")")
        .also(dataFree, "data_free promised here")
        .help(
            loss.equals("kl_x")
                ? "use `df_kl_x`, or drop `data_free`"
                : "use a loss on model or latent, or drop `data_free`");
  }

  static Diagnostic dataOfOtherSystem(String what, int found, int wanted, Span span) {
    return Diagnostic.error(
            "FX0508",
            what + " has dimension " + found + ", the system has dimension " + wanted,
            span,
            "dimension " + found)
        .help("draw the data from a sampler of the experiment's own system");
  }

  static Diagnostic needsLogZ(String metric, String system, Span span) {
    return Diagnostic.error(
            "FX0509",
            "`" + metric + "` needs log_z of the system",
            span,
            "`" + system + "` does not give log_z")
        .help("give the system `log_z = …`, for example by `integral`");
  }

  static Diagnostic cannotBridge(String metric, Span span) {
    return Diagnostic.error(
            "FX0509",
            "`" + metric + "` cannot bridge to these data",
            span,
            "a condition or a ratio decided what was kept")
        .help("give the system `log_z = …`, or take the data as the sampler drew them");
  }

  static Diagnostic needsSystem(String metric, Span span) {
    return Diagnostic.error(
            "FX0509",
            "`" + metric + "` needs log_z of the system",
            span,
            "the data do not say which system they are of")
        .help("load them with it: `load(\"…\", system = …)`");
  }

  static Diagnostic takesTooMany(String what, long wanted, long have, Span span) {
    return Diagnostic.error(
            "FX0510",
            "`" + what + "` asks for " + wanted + " of " + have + " samples",
            span,
            "only " + have + " samples are there")
        .help("draw more samples, or take fewer");
  }

  static Diagnostic initialMissing(Generators.Missing missing, Span span) {
    return Diagnostic.error(
            "FX0520", missing.reason(), span, "`initial` is to start from this generator")
        .help(missing.help());
  }

  static Diagnostic initialDiffers(String have, String wanted, Span span, Span architecture) {
    return Diagnostic.error(
            "FX0520", "the parameters are of another architecture", span, "it has " + have)
        .also(architecture, "this has " + wanted)
        .help("give the experiment the same architecture, or start from another run");
  }

  static Diagnostic duplicateArm(String value, Span span) {
    return Diagnostic.error(
            "FX0511", "the axis has " + value + " twice", span, "a second time here")
        .help("each arm is run once: drop one of them");
  }

  /**
   * @param why the objection of the word; behind a semicolon a way out
   */
  static Diagnostic doesNotFit(String word, int place, String why, Span span) {
    int cut = why.indexOf("; ");
    Diagnostic diagnostic =
        Diagnostic.error(
            "FX0515",
            "`" + word + "` does not fit here: " + (cut < 0 ? why : why.substring(0, cut)),
            span,
            place == 0 ? "the base" : "layer " + place);
    return cut < 0 ? diagnostic : diagnostic.help(why.substring(cut + 2));
  }

  static Diagnostic undecidable(
      String smallest, String needed, int seeds, Optional<Integer> enough, Span confidence) {
    return Diagnostic.error(
            "FX0512",
            "with "
                + (seeds == 1 ? "1 seed" : seeds + " seeds")
                + " this claim can never be decided",
            confidence,
            "needs p of at most " + needed + ", the smallest there can be is " + smallest)
        .help(
            enough
                .map(n -> "give the sweep " + n + " seeds, such as `0.." + (n - 1) + "`")
                .orElse("ask for less confidence"));
  }

  static Diagnostic unequalBudgets(String arms, Span condition) {
    return Diagnostic.error(
            "FX0513",
            "the claim compares arms that may not spend the same",
            condition,
            "energy evaluations: " + arms)
        .help(
            "make steps × batch of the phases equal for each arm, counting a batch for each source"
                + " of a loss that reads the energy");
  }

  static Diagnostic nothingShared(String phase, String axes, Span condition) {
    return Diagnostic.warning(
            "FX0605",
            "the arms of this claim do not share `" + phase + "`",
            condition,
            axes + " makes it differ")
        .help(
            "let only later phases depend on it; as it is, seeds do not pair the arms, and the"
                + " test sees smaller effects less well");
  }

  static Diagnostic notOneComparison(String found, Span span) {
    return Diagnostic.error(
            "FX0514", "a claim is one comparison of arms by `<` or `>`", span, found)
        .help("write `metric[arm] < metric[other arm]`; it is tested seed by seed, on the mean");
  }
}

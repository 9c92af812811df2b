package org.flowexp.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.Parameter;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.source.Span;

/** FX04: values and fields. */
final class ValueErrors {
  static final String TOO_LARGE = "FX0414";

  /** Types as other languages call them. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("integer", "int"),
          Map.entry("number", "real"),
          Map.entry("float", "real"),
          Map.entry("double", "real"),
          Map.entry("bool", "truth"),
          Map.entry("boolean", "truth"),
          Map.entry("string", "text"),
          Map.entry("str", "text"));

  /** Fields as other programs call them. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "learning_rate", "lr",
          "rate", "lr",
          "loss", "minimize",
          "epochs", "steps",
          "layers", "hidden",
          "widths", "hidden",
          "flow", "architecture",
          "target", "system");

  private static final Set<String> DECLARED =
      Set.of("system", "mask", "sampler", "data", "architecture", "metric", "schedule", "list");

  private ValueErrors() {}

  static Diagnostic outOfRange(String field, String phrase, String value, Span span) {
    return Diagnostic.error("FX0401", "`" + field + "` is " + phrase, span, "this is " + value);
  }

  static Diagnostic notWhole(String field, String value, Span span) {
    return Diagnostic.error(
        "FX0402", "`" + field + "` is a whole number", span, "this is " + value);
  }

  static Diagnostic indexOutOfRange(long index, int size, Span span) {
    return Diagnostic.error(
            "FX0403", "there is no element " + index, span, "this has elements 0 to " + (size - 1))
        .help("indices start at 0");
  }

  static Diagnostic emptyRange(String from, String to, Span span) {
    return Diagnostic.error(
            "FX0404",
            "nothing lies in " + from + ".." + to,
            span,
            "the first end is above the second")
        .help("write " + to + ".." + from);
  }

  static Diagnostic unknownField(String word, String name, Span span, Collection<String> known) {
    return Diagnostic.error(
            "FX0405", "`" + word + "` has no field `" + name + "`", span, "unknown field")
        .help(
            Optional.ofNullable(FIELDS.get(name))
                .filter(known::contains)
                .map(field -> "the field is called `" + field + "`")
                .or(() -> NearestName.question(name, known))
                .or(() -> Optional.of("fields are " + String.join(", ", known))));
  }

  static Diagnostic missingFields(String word, List<Parameter<?>> missing, Span span) {
    String names = String.join(", ", missing.stream().map(p -> "`" + p.name() + "`").toList());
    Parameter<?> first = missing.get(0);
    return Diagnostic.error("FX0406", "`" + word + "` needs " + names, span, "not given")
        .help("`" + first.name() + "` is " + first.type().phrase() + ": " + first.summary());
  }

  static Diagnostic fieldTwice(String name, Span second, Span first) {
    return Diagnostic.error("FX0407", "`" + name + "` is given twice", second, "given again here")
        .also(first, "first given here")
        .help("keep one of them");
  }

  static Diagnostic unknownWord(String word, String wanted, Span span, Collection<String> known) {
    return Diagnostic.error("FX0408", "`" + word + "` is not " + wanted, span, "unknown word")
        .help(
            NearestName.question(word, known)
                .or(
                    () ->
                        Optional.of(
                            known.isEmpty()
                                ? "nothing of the kind is known"
                                : "there is " + String.join(", ", known))));
  }

  static Diagnostic unknownType(String type, Span span, Collection<String> known) {
    Diagnostic unknown = unknownWord(type, "a type", span, known);
    if (DECLARED.contains(type)) {
      return unknown.help("to choose among declarations write `one_of(a, b)`");
    }
    return Optional.ofNullable(TYPES.get(type))
        .map(word -> unknown.help("the type is called `" + word + "`"))
        .orElse(unknown);
  }

  static Diagnostic notConstant(String where, Span span) {
    return Diagnostic.error(
            "FX0409", where + " must be known before the run", span, "this depends on samples")
        .help("build it from params, numbers and constants");
  }

  static Diagnostic integral(String reason, Span span) {
    return Diagnostic.error("FX0410", "the integral has no value", span, reason)
        .help("check that the integrand is finite and vanishes at the ends, or move the ends");
  }

  static Diagnostic nestedIntegral(String outer, Span span) {
    return Diagnostic.error(
            "FX0410", "the integral has no value", span, "it depends on `" + outer + "` as well")
        .help(
            "an integral is over one variable: where the integrand is a product, multiply two"
                + " integrals, `integral(f(a) for a in 0..1) * integral(g(b) for b in 0..1)`");
  }

  static Diagnostic unknownArm(String value, String axis, Collection<String> values, Span span) {
    return Diagnostic.error(
            "FX0411",
            "no arm has " + axis + " = " + value,
            span,
            "not a value of the axis `" + axis + "`")
        .help(
            NearestName.question(value, values)
                .or(() -> Optional.of(axis + " is one of " + String.join(", ", values))));
  }

  static Diagnostic armValues(int wanted, int found, Collection<String> axes, Span span) {
    return Diagnostic.error(
            "FX0412",
            "an arm is picked by " + wanted + (wanted == 1 ? " value" : " values"),
            span,
            found + " given")
        .help(
            axes.isEmpty()
                ? "the sweep varies only the seed: drop the brackets"
                : "one for each of " + String.join(", ", axes) + ", in this order");
  }

  static Diagnostic notFinite(String value, Span span) {
    return Diagnostic.error("FX0413", "this has no finite value", span, "this is " + value)
        .help("look for a division by zero, or the log of zero");
  }

  static Diagnostic tooLarge(String message, String label, Span span) {
    return Diagnostic.error(TOO_LARGE, message, span, label)
        .help("shorten the chain of declarations or functions that leads here");
  }

  static Diagnostic tooManyArms(double arms, long most, Span span) {
    return Diagnostic.error(
            "FX0401",
            "a sweep has at most " + most + " arms",
            span,
            "the axes come to " + Math.round(arms))
        .help("shorten an axis, or make two sweeps");
  }
}

package org.flowexp.check;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Name;
import org.flowexp.units.Units;

/** FX02: names. */
final class NameErrors {
  /** Units as other programs write them. */
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("ang", "Å"),
          Map.entry("angstroms", "Å"),
          Map.entry("degree", "deg"),
          Map.entry("degrees", "deg"),
          Map.entry("radian", "rad"),
          Map.entry("radians", "rad"),
          Map.entry("kelvin", "K"),
          Map.entry("sec", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("amu", "u"),
          Map.entry("dalton", "Da"),
          Map.entry("kj", "kJ"),
          Map.entry("cal", "kcal"),
          Map.entry("ev", "eV"),
          Map.entry("kt", "kT"),
          Map.entry("percent", "%"));

  private NameErrors() {}

  static Diagnostic unknown(String name, Span span, Collection<String> known) {
    return Diagnostic.error(
            "FX0201", "unknown name `" + name + "`", span, "nothing is called `" + name + "` here")
        .help(
            Reference.library(name)
                .map(file -> "add `import \"" + file + "\" { " + name + " }`")
                .or(() -> unitApart(name))
                .or(() -> NearestName.question(name, known)));
  }

  /** {@code 5 kJ / mol}. */
  private static Optional<String> unitApart(String name) {
    return Units.find(name).isPresent() && name.length() > 1
        ? Optional.of("a unit follows its number and is written tight: `5 kJ/" + name + "`")
            .filter(help -> name.equals("mol") || name.equals("nm"))
            .or(() -> Optional.of("a unit follows its number: `1 " + name + "`"))
        : Optional.empty();
  }

  static Diagnostic declaredTwice(String name, Span second, Span first) {
    return Diagnostic.error(
            "FX0202", "`" + name + "` is declared twice", second, "declared again here")
        .also(first, "first declared here")
        .help("rename one of the two; order is free, so neither hides the other");
  }

  static Diagnostic unknownFile(String path, Span span, Collection<String> libraries) {
    return Diagnostic.error(
            "FX0203", "nothing to import at \"" + path + "\"", span, "no such file or library")
        .help(
            NearestName.of(path, libraries)
                .map(near -> "did you mean \"" + near + "\"?")
                .or(
                    () ->
                        Optional.of(
                            "libraries are "
                                + String.join(", ", libraries)
                                + "; files are found from the importing file's folder")));
  }

  static Diagnostic notInLibrary(String name, String path, Span span, Collection<String> names) {
    return Diagnostic.error(
            "FX0204", "\"" + path + "\" has no `" + name + "`", span, "not declared there")
        .help(
            NearestName.question(name, names)
                .or(() -> Optional.of("it has " + String.join(", ", names))));
  }

  static Diagnostic cycle(String name, Span use, Span declared) {
    return Diagnostic.error(
            "FX0205",
            "`" + name + "` is defined by itself",
            use,
            "the definition comes back to `" + name + "` here")
        .also(declared, "`" + name + "` is declared here")
        .help(
            Builtins.isFunction(name)
                ? "`" + name + "` is a function of the language: give yours another name"
                : "give one of the declarations on the way a value of its own");
  }

  static Diagnostic notMeasured(
      String name, String experiment, Span span, Collection<String> metrics) {
    return Diagnostic.error(
            "FX0206",
            "`" + experiment + "` does not measure `" + name + "`",
            span,
            "not among its metrics")
        .help(
            NearestName.question(name, metrics)
                .or(
                    () ->
                        Optional.of(
                            "add `"
                                + name
                                + "` to the experiment's metrics, or ask about "
                                + String.join(", ", metrics))));
  }

  static Diagnostic unknownProfile(String name, Span span, Collection<String> profiles) {
    return Diagnostic.error(
            "FX0207", "there is no profile `" + name + "`", span, "not declared in the file")
        .help(
            NearestName.question(name, profiles)
                .or(
                    () ->
                        Optional.of(
                            profiles.isEmpty()
                                ? "the file declares no profile"
                                : "profiles are " + String.join(", ", profiles))));
  }

  static Diagnostic notAParam(String name, Span span, Collection<String> params) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      return Diagnostic.error("FX0208", "`" + name + "` is not a param", span, "only params vary")
          .help(
              "a profile replaces an axis: `profile p { "
                  + name
                  + " in […] }`, then `--profile p`");
    }
    return Diagnostic.error("FX0208", "`" + name + "` is not a param", span, "only params vary")
        .help(
            NearestName.question(name, params)
                .or(
                    () ->
                        Optional.of(
                            params.isEmpty()
                                ? "the file declares no param"
                                : "params are " + String.join(", ", params))));
  }

  static Diagnostic unknownUnit(String symbol, Span span, Collection<String> symbols) {
    return Diagnostic.error("FX0209", "unknown unit `" + symbol + "`", span, "not a unit")
        .help(
            otherSpelling(symbol)
                .or(() -> NearestName.question(symbol, symbols))
                .or(
                    () ->
                        Optional.of(
                            "a name after a number on its line is a unit; put `*` between them to multiply")));
  }

  private static Optional<String> otherSpelling(String symbol) {
    return Optional.ofNullable(SPELLINGS.get(symbol.toLowerCase(Locale.ROOT)))
        .filter(unit -> !unit.equals(symbol))
        .map(unit -> "the unit is written `" + unit + "`");
  }

  static Diagnostic hidesVariable(String name, Span span) {
    return Diagnostic.error(
            "FX0210",
            "`" + name + "` cannot be declared",
            span,
            "this name has a fixed meaning in losses, masks and metrics")
        .help("choose another name; " + SampleVariables.explanation(name));
  }

  static Diagnostic unknownMember(String what, String name, Span span, Collection<String> members) {
    return Diagnostic.error("FX0211", what + " has no `" + name + "`", span, "unknown member")
        .help(
            NearestName.question(name, members)
                .or(
                    () ->
                        Optional.of(
                            members.isEmpty()
                                ? "it has no members"
                                : "it has " + String.join(", ", members))));
  }

  static Diagnostic setButSwept(String name, Span span, Span axis) {
    return Diagnostic.error("FX0212", "`" + name + "` is set and swept", span, "set here")
        .also(axis, "the sweep takes `" + name + "` from this axis")
        .help("drop `--set " + name + "=…`, or run the experiment itself with `--experiment`");
  }

  static Diagnostic unknownDeclaration(
      String kind, Name name, FileScope file, Collection<String> known) {
    Optional<String> other =
        file.declaration(name.text())
            .map(Declaration.Named::kind)
            .filter(found -> !found.equals(kind));
    return Diagnostic.error(
            "FX0213",
            "there is no " + kind + " `" + name.text() + "`",
            name.span(),
            other.map(found -> "this is " + article(found)).orElse("not declared in the file"))
        .help(
            NearestName.question(name.text(), known)
                .or(
                    () ->
                        Optional.of(
                            known.isEmpty()
                                ? "the file declares no " + kind
                                : "there is " + String.join(", ", known))));
  }

  private static String article(String kind) {
    return ("aeio".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
  }

  static Diagnostic importCycle(String path, Span span) {
    return Diagnostic.error(
            "FX0214",
            "\"" + path + "\" imports itself",
            span,
            "the chain of imports comes back to this file")
        .help("move what both files need into a third one");
  }
}

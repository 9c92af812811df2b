package org.flowexp.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.diagnostics.TextRenderer;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/** From the name of a file to what it asks for. Must not load TensorFlow. */
final class Checking {
  private static final String SUFFIX = ".flowexp";

  private final Host host;

  Checking(Host host) {
    this.host = host;
  }

  /**
   * The text of a file.
   *
   * @throws UsageProblem if it is not there or is no text
   */
  SourceFile read(String written) throws UsageProblem {
    Path path = host.path(written);
    if (Files.isDirectory(path)) {
      throw new UsageProblem("`" + written + "` is a folder, expected a file ending in " + SUFFIX);
    }
    try {
      return new SourceFile(written, Files.readString(path), path.toAbsolutePath().getParent());
    } catch (NoSuchFileException missing) {
      throw new UsageProblem("there is no file `" + written + "`" + nearestFile(path));
    } catch (CharacterCodingException binary) {
      throw new UsageProblem("`" + written + "` is not a text in UTF-8");
    } catch (IOException unreadable) {
      throw new UsageProblem("`" + written + "` cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * What a file calls by this name.
   *
   * @param kind what it is, as it stands in the message
   * @throws UsageProblem if the file has none of that name; it says which there are
   */
  static <T> T named(String file, String kind, String name, Map<String, T> known)
      throws UsageProblem {
    T found = known.get(name);
    if (found == null) {
      String hint =
          NearestName.question(name, known.keySet())
              .orElse(
                  known.isEmpty() ? "it has none" : "it has " + String.join(", ", known.keySet()));
      throw new UsageProblem("`" + file + "` has no " + kind + " `" + name + "`; " + hint);
    }
    return found;
  }

  /** What the file asks for, if there are no errors in it or in the choices. */
  static Optional<Suite> check(SourceFile file, Choices choices, Diagnostics diagnostics) {
    Document document = Parser.parse(file, diagnostics);
    return Checker.check(document, choices, diagnostics);
  }

  /**
   * What {@code --set name=value}… and {@code --profile} choose, and an experiment by itself.
   *
   * @throws UsageProblem if a setting has no equals sign
   */
  static Choices choices(
      List<String> settings,
      Optional<String> profile,
      Optional<String> alone,
      Diagnostics diagnostics)
      throws UsageProblem {
    return choices(settings, profile, Optional.empty(), alone, diagnostics);
  }

  /**
   * The same, or one sweep.
   *
   * @throws UsageProblem if a setting has no equals sign, or both a sweep and an experiment are
   *     chosen
   */
  static Choices choices(
      List<String> settings,
      Optional<String> profile,
      Optional<String> sweep,
      Optional<String> alone,
      Diagnostics diagnostics)
      throws UsageProblem {
    if (sweep.isPresent() && alone.isPresent()) {
      throw new UsageProblem("`--sweep` and `--experiment` exclude each other; give one of them");
    }
    ChosenText text = new ChosenText();
    settings.forEach(setting -> text.add("--set", setting));
    profile.ifPresent(name -> text.add("--profile", name));
    sweep.ifPresent(name -> text.add("--sweep", name));
    alone.ifPresent(name -> text.add("--experiment", name));
    List<Choices.Setting> parsed = new ArrayList<>();
    for (Span setting : text.of("--set")) {
      parse(setting, diagnostics).ifPresent(parsed::add);
    }
    Optional<Choices.Only> only =
        text.name("--sweep")
            .map(name -> new Choices.Only(Choices.Only.Kind.SWEEP, name))
            .or(
                () ->
                    text.name("--experiment")
                        .map(name -> new Choices.Only(Choices.Only.Kind.EXPERIMENT, name)));
    return new Choices(parsed, text.name("--profile"), only);
  }

  /** Without a value the param keeps its default, which says nothing more about the mistake. */
  private static Optional<Choices.Setting> parse(Span setting, Diagnostics diagnostics)
      throws UsageProblem {
    String text = setting.text();
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new UsageProblem("`--set " + text + "` has no value; write `--set name=value`");
    }
    Span left = new Span(setting.file(), setting.start(), setting.start() + equals);
    Span right = new Span(setting.file(), setting.start() + equals + 1, setting.end());
    Diagnostics ofValue = new Diagnostics();
    Expression value = Parser.expression(stripped(right), ofValue);
    ofValue.inFileOrder().forEach(diagnostics::add);
    Span name = stripped(left);
    return ofValue.hasErrors()
        ? Optional.empty()
        : Optional.of(new Choices.Setting(new Name(name.text(), name), value));
  }

  private static Span stripped(Span span) {
    String text = span.text();
    int start = span.start() + text.length() - text.stripLeading().length();
    return new Span(span.file(), start, start + text.strip().length());
  }

  /** Prints what was found to standard error, in colours if a person watches. */
  void print(Diagnostics diagnostics) {
    host.err().print(renderer().render(diagnostics.inFileOrder()));
    host.err().flush();
  }

  private TextRenderer renderer() {
    Map<String, String> environment = host.environment();
    boolean colours =
        host.screen().interactive() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TextRenderer(colours ? TextRenderer.Colour.ALWAYS : TextRenderer.Colour.NEVER);
  }

  /** {@code ; did you mean …?}, from the files beside it, or the one it is without its suffix. */
  private static String nearestFile(Path missing) {
    Path folder = missing.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return folder == null ? "" : "; nor is there a folder " + folder;
    }
    String name = missing.getFileName().toString();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(SUFFIX)).toList();
      Optional<String> nearest =
          names.contains(name + SUFFIX)
              ? Optional.of("did you mean `" + name + SUFFIX + "`?")
              : NearestName.question(name, names);
      return nearest.map(question -> "; " + question).orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** {@code well} for {@code experiments/well.flowexp}. */
  static String stem(String file) {
    String name = Path.of(file).getFileName().toString();
    return Arrays.stream(new String[] {SUFFIX, ".txt"})
        .filter(name::endsWith)
        .findFirst()
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .orElse(name);
  }
}

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

  /** What the file asks for, if there are no errors in it or in the choices. */
  static Optional<Suite> check(SourceFile file, Choices choices, Diagnostics diagnostics) {
    Document document = Parser.parse(file, diagnostics);
    return Checker.check(document, choices, diagnostics);
  }

  /**
   * What {@code --set name=value}… and {@code --profile} choose.
   *
   * @throws UsageProblem if a setting has no equals sign
   */
  static Choices choices(
      List<String> settings,
      Optional<String> profile,
      Optional<String> alone,
      Diagnostics diagnostics)
      throws UsageProblem {
    List<Choices.Setting> parsed = new ArrayList<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw new UsageProblem("`--set " + setting + "` has no value; write `--set name=value`");
      }
      Name name = name("--set", setting.substring(0, equals).strip());
      SourceFile value =
          new SourceFile("--set " + name.text(), setting.substring(equals + 1).strip());
      Diagnostics ofValue = new Diagnostics();
      Expression read = Parser.expression(value, ofValue);
      ofValue.inFileOrder().forEach(diagnostics::add);
      if (!ofValue.hasErrors()) {
        // Without a value the param keeps its default, which says nothing more about the mistake.
        parsed.add(new Choices.Setting(name, read));
      }
    }
    return new Choices(parsed, profile.map(p -> name("--profile", p)), alone);
  }

  /** A name where it stands on the command line. */
  private static Name name(String option, String text) {
    return new Name(text, new Span(new SourceFile(option, text), 0, text.length()));
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

package org.flowexp.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Parameter;
import org.flowexp.catalog.ParameterType;
import org.flowexp.catalog.Part;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Comment;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.units.Dimension;
import org.flowexp.units.Units;
import org.flowexp.vocabulary.Vocabulary;

/** Every word of the language with what there is to know about it. */
public final class Reference {
  private Reference() {}

  /**
   * A word.
   *
   * @param group what it is: a layer, a function, a unit …
   * @param usage how it is written; empty for words with fields
   * @param example lines that check, or the formula of a loss
   */
  public record Entry(
      String name, String group, String usage, String summary, List<Field> fields, String example) {
    public Entry {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field or argument.
   *
   * @param type with its range
   * @param unit as it is usually written; empty for a plain number
   * @param fallback what it is where nothing is written: a value, `required` or `optional`
   */
  public record Field(String name, String type, String unit, String fallback, String summary) {}

  /** All entries, group by group. */
  public static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(written());
    entries.add(of(Blocks.EXPERIMENT, "declaration"));
    entries.add(of(Blocks.PHASE, "block"));
    for (Definition<?> definition : Vocabulary.all()) {
      entries.add(of(definition, definition.category().phrase().replaceFirst("^an? ", "")));
    }
    Library.shipped().forEach(library -> entries.addAll(declared(library)));
    for (String symbol : Units.symbols()) {
      Dimension dimension = Units.find(symbol).orElseThrow().dimension();
      entries.add(
          new Entry(
              symbol,
              "unit",
              "1 " + symbol,
              dimension.isNone() ? "a plain number" : "of " + dimension,
              List.of(),
              ""));
    }
    return entries;
  }

  /** The names that the checker itself gives a meaning to. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(Builtins.names());
    names.addAll(SampleVariables.names());
    return names;
  }

  /** The library that declares a name, for those who forgot to import it. */
  static Optional<String> library(String name) {
    return Library.shipped().stream()
        .filter(library -> declared(library).stream().anyMatch(e -> e.name().equals(name)))
        .findFirst();
  }

  private static List<Entry> written() {
    return resource("reference.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" \\| ", 4))
        .map(cells -> new Entry(cells[0], cells[1], cells[2], cells[3], List.of(), ""))
        .toList();
  }

  private static Entry of(Definition<?> definition, String group) {
    List<Field> fields = new ArrayList<>();
    for (Parameter<?> parameter : definition.parameters()) {
      fields.add(
          new Field(
              parameter.name(),
              parameter.type().phrase(),
              unit(parameter.type()),
              parameter
                  .fallback()
                  .map(Reference::shown)
                  .orElse(parameter.optional() ? "optional" : "required"),
              parameter.summary()));
    }
    return new Entry(
        definition.name(), group, "", definition.summary(), fields, definition.example());
  }

  private static String unit(ParameterType type) {
    Optional<Dimension> dimension = Optional.empty();
    if (type instanceof ParameterType.Real real) {
      dimension = Optional.of(real.dimension());
    } else if (type instanceof ParameterType.PaceOf) {
      dimension = Optional.of(Dimension.TIME);
    } else if (type instanceof ParameterType.Whole whole) {
      dimension = Optional.of(whole.dimension());
    } else if (type instanceof ParameterType.Between between) {
      dimension = Optional.of(between.dimension());
    } else if (type instanceof ParameterType.Ramped ramped) {
      dimension = Optional.of(ramped.dimension());
    }
    return dimension.filter(d -> !d.isNone()).flatMap(Units::suggestion).orElse("");
  }

  private static String shown(Object value) {
    if (value instanceof Double number) {
      return Coercion.shown(number);
    }
    if (value instanceof Interval interval) {
      return Coercion.shown(interval.from()) + ".." + Coercion.shown(interval.to());
    }
    return value instanceof Part part ? part.name() : value.toString();
  }

  /** The comment above a declaration of a library is its summary, its text the formula. */
  private static List<Entry> declared(String library) {
    SourceFile file = new SourceFile(library, resource(library + ".flowexp"));
    Document document = Parser.parse(file, new Diagnostics());
    List<Entry> entries = new ArrayList<>();
    int before = 0;
    for (Declaration declaration : document.declarations()) {
      int start = declaration.span().start();
      int from = before;
      String summary =
          summary(
              document.comments().stream()
                  .filter(c -> c.span().start() >= from && c.span().end() <= start)
                  .toList());
      before = declaration.span().end();
      if (declaration instanceof Declaration.Named named) {
        String kind = named instanceof Declaration.Loss ? "loss" : "name";
        entries.add(
            new Entry(
                named.name().text(),
                kind + " of " + library,
                "import \"" + library + "\" { " + named.name().text() + " }",
                summary,
                List.of(),
                named.span().text()));
      }
    }
    return entries;
  }

  /** The last comment lines that follow each other. */
  private static String summary(List<Comment> comments) {
    StringBuilder summary = new StringBuilder();
    int end = 0;
    for (Comment comment : comments) {
      if (comment.span().start() > end + 1) {
        summary.setLength(0);
      } else if (summary.length() > 0) {
        summary.append(' ');
      }
      summary.append(comment.text().replaceFirst("^#+ *", ""));
      end = comment.span().end();
    }
    return summary.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/org/flowexp/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

package org.flowexp.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;

/** The files the parser is tried on. */
public final class ExampleFiles {
  private ExampleFiles() {}

  /** Both examples of the language's description, and a file with every form there is. */
  public static Stream<String> names() {
    return Stream.of("double_well_12d", "butane", "every_form");
  }

  public static String text(String name) {
    String path = "/examples/" + name + ".flowexp";
    try (InputStream in = ExampleFiles.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parsed, with an exception if there is any diagnostic. */
  public static Document parsed(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Document document = Parser.parse(new SourceFile("test.flowexp", text), diagnostics);
    if (!diagnostics.inFileOrder().isEmpty()) {
      throw new AssertionError(diagnostics.inFileOrder() + "\n" + text);
    }
    return document;
  }

  static List<Diagnostic> diagnostics(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.parse(new SourceFile("test.flowexp", text), diagnostics);
    return diagnostics.inFileOrder();
  }
}

package org.flowexp.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.flowexp.source.Position;
import org.flowexp.source.Span;

/**
 * Diagnostics for programs: an array of objects with {@code code}, {@code severity}, {@code file},
 * {@code range} ({@code start} included, {@code end} excluded; lines and columns from 1, in UTF-16
 * units), {@code message}, {@code label}, {@code secondary}, {@code notes} and {@code help}, which
 * is null where there is none.
 */
public final class JsonRenderer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All diagnostics, without a cap. */
  public String render(List<Diagnostic> diagnostics) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(diagnostics));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", impossible);
    }
  }

  /** The array as a tree, to stand inside a larger document. */
  public ArrayNode tree(List<Diagnostic> diagnostics) {
    ArrayNode array = MAPPER.createArrayNode();
    diagnostics.forEach(diagnostic -> array.add(object(diagnostic)));
    return array;
  }

  private static ObjectNode object(Diagnostic diagnostic) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("code", diagnostic.code()).put("severity", diagnostic.severity().word());
    place(object, diagnostic.primary().span());
    object.put("message", diagnostic.message()).put("label", diagnostic.primary().text());
    ArrayNode secondary = object.putArray("secondary");
    for (Label label : diagnostic.secondary()) {
      place(secondary.addObject(), label.span()).put("label", label.text());
    }
    ArrayNode notes = object.putArray("notes");
    diagnostic.notes().forEach(notes::add);
    diagnostic
        .help()
        .ifPresentOrElse(help -> object.put("help", help), () -> object.putNull("help"));
    return object;
  }

  private static ObjectNode place(ObjectNode object, Span span) {
    object.put("file", span.file().name());
    ObjectNode range = object.putObject("range");
    position(range.putObject("start"), span.startPosition());
    position(range.putObject("end"), span.endPosition());
    return object;
  }

  private static void position(ObjectNode object, Position position) {
    object.put("line", position.line()).put("column", position.column());
  }
}

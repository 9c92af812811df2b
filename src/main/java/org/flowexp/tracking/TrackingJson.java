package org.flowexp.tracking;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.flowexp.run.RunEvent;

/** How this package writes records as JSON. */
final class TrackingJson {
  static final ObjectMapper MAPPER = mapper();

  private TrackingJson() {}

  static <T> Optional<T> readIfPresent(Path file, Class<T> type) throws IOException {
    return Files.exists(file)
        ? Optional.of(MAPPER.readValue(file.toFile(), type))
        : Optional.empty();
  }

  /** Replaces {@code file} at once, so a reader never sees half of it. */
  static void write(Path file, Object value) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    MAPPER.writeValue(draft.toFile(), value);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectMapper mapper() {
    SimpleModule types = new SimpleModule();
    types.addSerializer(Optional.class, new OptionalText());
    types.addDeserializer(Optional.class, new TextAsOptional());
    types.addSerializer(Path.class, new PathText());
    ObjectMapper mapper = new ObjectMapper();
    mapper.registerModule(types);
    mapper.addMixIn(RunEvent.class, Tagged.class);
    return mapper;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = RunEvent.RunRepeated.class, name = "run-repeated"),
    @JsonSubTypes.Type(value = RunEvent.RunNoted.class, name = "run-noted"),
    @JsonSubTypes.Type(value = RunEvent.PhaseStarted.class, name = "phase-started"),
    @JsonSubTypes.Type(value = RunEvent.StepLogged.class, name = "step"),
    @JsonSubTypes.Type(value = RunEvent.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = RunEvent.ArtifactWritten.class, name = "artifact"),
    @JsonSubTypes.Type(value = RunEvent.RunFinished.class, name = "run-finished"),
    @JsonSubTypes.Type(value = RunEvent.SweepStarted.class, name = "sweep-started"),
    @JsonSubTypes.Type(value = RunEvent.SweepFinished.class, name = "sweep-finished")
  })
  private interface Tagged {}

  @SuppressWarnings("rawtypes")
  private static final class OptionalText extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeString(value.get().toString());
      } else {
        json.writeNull();
      }
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class TextAsOptional extends JsonDeserializer<Optional> {
    @Override
    public Optional deserialize(JsonParser json, DeserializationContext ignored)
        throws IOException {
      return Optional.of(json.getText());
    }

    @Override
    public Optional getNullValue(DeserializationContext ignored) {
      return Optional.empty();
    }

    @Override
    public Object getAbsentValue(DeserializationContext ignored) {
      return Optional.empty();
    }
  }

  /** Jackson's own form is an absolute URI; a journal may be moved to another machine. */
  private static final class PathText extends JsonSerializer<Path> {
    @Override
    public void serialize(Path value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }
}

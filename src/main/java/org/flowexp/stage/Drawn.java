package org.flowexp.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.run.Figure;

/**
 * The figures of a run, counted.
 *
 * @param energyEvaluations beyond those of the evaluation
 */
public record Drawn(List<Figure> figures, long energyEvaluations) {
  static final Stage.Form<Drawn> FORM = new Form();

  /** Copies the list. */
  public Drawn {
    figures = List.copyOf(figures);
  }

  private static final class Form implements Stage.Form<Drawn> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Archive write(Drawn drawn) {
      try {
        return new Archive.Builder()
            .text("figures", JSON.writeValueAsString(drawn.figures))
            .longs("energy_evaluations", drawn.energyEvaluations)
            .build();
      } catch (JsonProcessingException broken) {
        throw new IllegalStateException("plain records are written", broken);
      }
    }

    @Override
    public Drawn read(Archive archive) throws Refusal {
      try {
        List<Figure> figures =
            JSON.readValue(archive.text("figures"), new TypeReference<List<Figure>>() {});
        return new Drawn(figures, archive.number("energy_evaluations"));
      } catch (JsonProcessingException broken) {
        throw new Refusal("its figures cannot be read: " + broken.getOriginalMessage());
      }
    }

    @Override
    public boolean isKept(Drawn drawn) {
      return true;
    }
  }
}

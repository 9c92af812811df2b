package org.flowexp.jobs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import org.flowexp.run.RunEvent;

/** How orders, events and results are written between processes of one version. */
final class WorkJson {
  static final ObjectMapper MAPPER =
      new ObjectMapper().registerModule(new Jdk8Module()).addMixIn(RunEvent.class, Tagged.class);

  private WorkJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = RunEvent.PhaseStarted.class, name = "phase-started"),
    @JsonSubTypes.Type(value = RunEvent.StageReused.class, name = "stage-reused"),
    @JsonSubTypes.Type(value = RunEvent.StepLogged.class, name = "step"),
    @JsonSubTypes.Type(value = RunEvent.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = RunEvent.RunFinished.class, name = "run-finished")
  })
  private interface Tagged {}
}

package org.flowexp.tracking;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mlflow.api.proto.Service.Experiment;

/** Finds an experiment by name, or makes it. */
final class ExperimentLookup {
  private static final int MOST_SUFFIXES = 20;

  private final MlflowConnection mlflow;
  private final Consumer<String> messages;
  private final Map<String, String> known = new HashMap<>();

  ExperimentLookup(MlflowConnection mlflow, Consumer<String> messages) {
    this.mlflow = mlflow;
    this.messages = messages;
  }

  String idOf(String name) throws IOException {
    String id = known.get(name);
    if (id == null) {
      id = foundOrCreated(name);
      known.put(name, id);
    }
    return id;
  }

  private String foundOrCreated(String name) throws IOException {
    Optional<Experiment> found = find(name);
    if (found.isEmpty()) {
      try {
        return mlflow.ask(client -> client.createExperiment(name));
      } catch (RequestRejected existsByNow) {
        found = find(name);
        if (found.isEmpty()) {
          return suffixed(name, existsByNow);
        }
      }
    }
    String id = found.get().getExperimentId();
    return found.get().getLifecycleStage().equals("deleted") ? restored(name, id) : id;
  }

  private String restored(String name, String id) throws IOException {
    try {
      mlflow.run(client -> client.restoreExperiment(id));
      messages.accept("The MLflow experiment '" + name + "' had been deleted; it is restored.");
      return id;
    } catch (RequestRejected notRestored) {
      return suffixed(name, notRestored);
    }
  }

  private String suffixed(String name, RequestRejected reason) throws IOException {
    for (int suffix = 2; suffix < MOST_SUFFIXES; suffix++) {
      String other = name + "-" + suffix;
      Optional<Experiment> found = find(other);
      if (found.isPresent() && !found.get().getLifecycleStage().equals("active")) {
        continue;
      }
      messages.accept(
          "MLflow does not allow the experiment '"
              + name
              + "' ("
              + reason.getMessage()
              + "); the runs go to '"
              + other
              + "'.");
      return found.isPresent()
          ? found.get().getExperimentId()
          : mlflow.ask(client -> client.createExperiment(other));
    }
    throw reason;
  }

  private Optional<Experiment> find(String name) throws IOException {
    return mlflow.ask(client -> client.getExperimentByName(name));
  }
}

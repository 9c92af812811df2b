package org.flowexp.tracking;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/** Sends items within the limits of {@code log-batch}. */
final class BatchSender {
  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_METRICS = 1_000;
  private static final int MOST_PARAMS = 100;
  private static final int MOST_TAGS = 100;
  private static final int LONGEST_PARAM = 6_000;
  private static final int LONGEST_TAG = 8_000;

  private final MlflowConnection mlflow;
  private final Consumer<String> messages;

  BatchSender(MlflowConnection mlflow, Consumer<String> messages) {
    this.mlflow = mlflow;
    this.messages = messages;
  }

  void send(String runId, LoggedItems items) throws IOException {
    List<Param> params = items.paramList().stream().map(this::shortened).toList();
    List<RunTag> tags = items.tagList().stream().map(this::shortened).toList();
    if (isTakenAtOnce(runId, items.metrics, params, tags)) {
      return;
    }
    inPieces(params, MOST_PARAMS, piece -> log(runId, List.of(), piece, List.of()));
    inPieces(tags, MOST_TAGS, piece -> log(runId, List.of(), List.of(), piece));
    inPieces(items.metrics, MOST_METRICS, piece -> log(runId, piece, List.of(), List.of()));
  }

  /** Most runs fit into one request. One that is refused is sent again in pieces. */
  private boolean isTakenAtOnce(
      String runId, List<Metric> metrics, List<Param> params, List<RunTag> tags)
      throws IOException {
    int items = metrics.size() + params.size() + tags.size();
    if (items == 0
        || items > MOST_ITEMS
        || params.size() > MOST_PARAMS
        || tags.size() > MOST_TAGS) {
      return items == 0;
    }
    try {
      log(runId, metrics, params, tags);
      return true;
    } catch (RequestRejected refused) {
      return false;
    }
  }

  private void log(String runId, List<Metric> metrics, List<Param> params, List<RunTag> tags)
      throws IOException {
    mlflow.run(client -> client.logBatch(runId, metrics, params, tags));
  }

  private <T> void inPieces(List<T> items, int size, Piece<T> action) throws IOException {
    for (int from = 0; from < items.size(); from += size) {
      acceptable(items.subList(from, Math.min(items.size(), from + size)), action);
    }
  }

  /**
   * One bad item must not cost its neighbours: a refused piece is halved until the culprit stands
   * alone.
   */
  private <T> void acceptable(List<T> piece, Piece<T> action) throws IOException {
    try {
      action.send(piece);
    } catch (RequestRejected refused) {
      if (piece.size() == 1) {
        messages.accept("MLflow does not take a value: " + refused.getMessage());
      } else {
        acceptable(piece.subList(0, piece.size() / 2), action);
        acceptable(piece.subList(piece.size() / 2, piece.size()), action);
      }
    }
  }

  /** MLflow would cut it without a word. */
  private Param shortened(Param param) {
    if (param.getValue().length() <= LONGEST_PARAM) {
      return param;
    }
    return param.toBuilder().setValue(cut(param.getKey(), param.getValue(), LONGEST_PARAM)).build();
  }

  private RunTag shortened(RunTag tag) {
    if (tag.getValue().length() <= LONGEST_TAG) {
      return tag;
    }
    return tag.toBuilder().setValue(cut(tag.getKey(), tag.getValue(), LONGEST_TAG)).build();
  }

  private String cut(String key, String value, int length) {
    messages.accept("MLflow shows only the first " + length + " characters of '" + key + "'.");
    return value.substring(0, length - 1) + "…";
  }

  /** Sends a part of a list. */
  @FunctionalInterface
  private interface Piece<T> {
    void send(List<T> items) throws IOException;
  }
}

package org.flowexp.tracking;

import java.util.Map;

/**
 * The first line of a journal: all that is needed to send it later, on its own.
 *
 * @param experiment the MLflow experiment the run belongs to
 * @param sourceTags where the run's code comes from, as MLflow's tags
 * @param openedAt tells repeated runs of one id apart; milliseconds since 1970
 */
record JournalHeader(String experiment, Map<String, String> sourceTags, long openedAt) {
  JournalHeader {
    sourceTags = Map.copyOf(sourceTags);
  }
}

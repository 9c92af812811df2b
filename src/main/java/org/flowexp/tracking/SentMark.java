package org.flowexp.tracking;

/**
 * How much of a journal MLflow has acknowledged.
 *
 * @param target the server it was sent to
 * @param offset where in the journal's file the first unsent line begins
 * @param complete whether the run is over and all of it was sent
 */
record SentMark(String target, String experimentId, String runId, long offset, boolean complete) {
  SentMark upTo(long newOffset, boolean nowComplete) {
    return new SentMark(target, experimentId, runId, newOffset, nowComplete);
  }
}

package org.flowexp.cli;

/** For whom standard output is written. */
enum Format {
  /** People. */
  TEXT,
  /** Programs: one JSON document. */
  JSON
}

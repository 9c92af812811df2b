package org.flowexp.execution;

import org.flowexp.model.DataSource;

/** Only the draw shows how many samples a condition or a share leaves; these are too few. */
final class NotEnoughSamples extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotEnoughSamples(DataSource.Taken taken, int there) {
    super(message("take(" + taken.count() + " samples)", taken.from(), there));
  }

  NotEnoughSamples(DataSource.Dropped dropped, int there) {
    super(message("drop(" + dropped.count() + " samples)", dropped.from(), there));
  }

  private static String message(String method, DataSource from, int there) {
    return "`"
        + method
        + "` asks too much: "
        + there
        + " samples are left of "
        + from.phrase()
        + "; draw more, or ask for fewer";
  }
}

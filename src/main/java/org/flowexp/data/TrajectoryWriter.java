package org.flowexp.data;

import java.io.Closeable;
import java.io.IOException;

/** A file of a molecule's configurations; what has been written is not kept in memory. */
public interface TrajectoryWriter extends Closeable {
  /**
   * The next configurations.
   *
   * @param x positions [n, 3N], nm, row by row
   */
  void write(double[] x) throws IOException;
}

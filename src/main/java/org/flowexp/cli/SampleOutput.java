package org.flowexp.cli;

import java.io.Closeable;
import java.io.IOException;
import org.flowexp.data.NpzWriter;
import org.flowexp.data.NpzWriter.Width;
import org.flowexp.data.TrajectoryWriter;
import org.flowexp.execution.TrainedFlow;

/** A file of draws: configurations first, then what is known of each, where there is room. */
interface SampleOutput extends Closeable {
  /** The next rows of x. */
  void configurations(double[] x) throws IOException;

  /** A number for each configuration. */
  void column(String name, Width width, long count, Column values) throws IOException;

  /** Numbers of a column. */
  interface Column {
    double[] read(long from, int count) throws IOException;
  }

  /** All arrays; {@code x} has been begun. */
  record Arrays(NpzWriter npz) implements SampleOutput {
    @Override
    public void configurations(double[] x) throws IOException {
      npz.write(x);
    }

    @Override
    public void column(String name, Width width, long count, Column values) throws IOException {
      npz.begin(name, width, count);
      for (long row = 0; row < count; row += TrainedFlow.CHUNK) {
        npz.write(values.read(row, (int) Math.min(TrainedFlow.CHUNK, count - row)));
      }
    }

    @Override
    public void close() throws IOException {
      npz.close();
    }
  }

  /** Positions alone. */
  record Positions(TrajectoryWriter trajectory) implements SampleOutput {
    @Override
    public void configurations(double[] x) throws IOException {
      trajectory.write(x);
    }

    @Override
    public void column(String name, Width width, long count, Column values) {
      // the format has no place for it
    }

    @Override
    public void close() throws IOException {
      trajectory.close();
    }
  }
}

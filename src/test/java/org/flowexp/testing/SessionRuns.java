package org.flowexp.testing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.strings.StringFormat;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Counts the runs of all sessions of this process, by TensorFlow's own number of a run: what lives
 * for one run lies in a container {@code __per_step_<number>}, and the numbers go up by one with
 * each run (DirectSession::Run in core/common_runtime/direct_session.cc). Asking is itself a run,
 * which is not counted.
 */
public final class SessionRuns implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("__per_step_(\\d+)");

  private final Graph graph = new Graph();
  private final StringFormat text;
  private final Session session;
  private long asked;

  /** Opens a session of its own. */
  public SessionRuns() {
    Ops tf = Ops.create(graph);
    var perRun = tf.tensorArray(tf.constant(1), TFloat32.class);
    text = tf.strings.stringFormat(List.of(perRun.handle()));
    session = new Session(graph);
  }

  /** Runs since the process began, other than these. */
  public long soFar() {
    try (var result = session.runner().fetch(text).run()) {
      Matcher number = NUMBER.matcher(((TString) result.get(0)).getObject());
      if (!number.find()) {
        throw new IllegalStateException("TensorFlow does not number its runs here");
      }
      asked++;
      return Long.parseLong(number.group(1)) - asked;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

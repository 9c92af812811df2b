package org.flowexp.tensor;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How a session computes; none of it belongs to an experiment. The results on CPU do not depend on
 * the thread counts.
 *
 * @param device where
 * @param operationThreads threads inside one operation; 0 leaves it to TensorFlow
 * @param graphThreads operations run at once; 0 leaves it to TensorFlow
 * @param compilation whether operations are joined into larger ones
 */
public record SessionOptions(
    Device device, int operationThreads, int graphThreads, Compilation compilation) {
  /** What becomes of operations before they run. */
  public enum Compilation {
    /** Each runs by itself. */
    NONE,
    /** XLA compiles those it can, when they first run with a shape; their last digits change. */
    XLA
  }

  /** Checks the thread counts. */
  public SessionOptions {
    if (operationThreads < 0 || graphThreads < 0) {
      throw new IllegalArgumentException("negative number of threads");
    }
  }

  /** On the processor with this many threads inside an operation, one operation at a time. */
  public static SessionOptions cpu(int threads) {
    return new SessionOptions(Device.CPU, threads, 1, Compilation.NONE);
  }

  /** The same with XLA. */
  public SessionOptions compiled() {
    return new SessionOptions(device, operationThreads, graphThreads, Compilation.XLA);
  }

  /** Opens a session; the caller closes it before the graph. */
  public Session open(Graph graph) {
    return open(graph, true);
  }

  /** A session in which an operation for a device that is not there fails, in place of moving. */
  Session openStrictly(Graph graph) {
    return open(graph, false);
  }

  private Session open(Graph graph, boolean softly) {
    // TensorFlow reads it once, at the first session of the process, for all of them; it compiles
    // for those alone that ask for it, and without this for graphics cards alone.
    tensorflow.TF_SetTfXlaCpuGlobalJit((byte) 1);
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(operationThreads)
            .setInterOpParallelismThreads(graphThreads)
            // Else all sessions of the process take turns on the threads of the first.
            .setUsePerSessionThreads(true)
            .setAllowSoftPlacement(softly)
            .setGraphOptions(graphOptions());
    if (device.isGpu()) {
      // Other processes share the card: take memory as it is needed.
      config.setGpuOptions(
          GPUOptions.newBuilder()
              .setAllowGrowth(true)
              .setVisibleDeviceList(Integer.toString(device.index())));
    } else {
      config.putDeviceCount("GPU", 0);
    }
    return new Session(graph, config.build());
  }

  /**
   * The graph runs as it was built, or compiled. TensorFlow's rewriting takes seconds for a graph
   * of thousands of operations, gains nothing measurable on these, and may join operations in
   * another order from one session to the next, which changes the last bits.
   */
  private GraphOptions graphOptions() {
    GraphOptions.Builder options =
        GraphOptions.newBuilder()
            .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true));
    if (compilation == Compilation.XLA) {
      options.setOptimizerOptions(
          OptimizerOptions.newBuilder().setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2));
    }
    return options.build();
  }
}

package org.flowexp.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/** What the operations of one watched step took, and where they ran. */
final class Placement {
  /**
   * What has to run on the processor where a step runs on a card: what is fed and fetched, and its
   * way there and back. All other types of operations that our graphs are made of have kernels for
   * cards in TensorFlow 2.18; those for shapes work in the processor's memory, but count as the
   * card's.
   */
  static final Set<String> OF_THE_PROCESSOR =
      Set.of("_Arg", "_Retval", "_Send", "_Recv", "_HostSend", "_HostRecv", "NoOp");

  private static final String PROCESSOR = "device:CPU:";

  private final RunMetadata seen;

  Placement(RunMetadata seen) {
    this.seen = seen;
  }

  /** Seconds by type of operation, the longest first. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new HashMap<>();
    for (DeviceStepStats device : seen.getStepStats().getDevStatsList()) {
      for (NodeExecStats node : device.getNodeStatsList()) {
        seconds.merge(
            type(node), 1e-9 * (node.getOpEndRelNanos() - node.getOpStartRelNanos()), Double::sum);
      }
    }
    Map<String, Double> sorted = new LinkedHashMap<>();
    seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /**
   * The types of operations that ran on the processor and need not, in order.
   *
   * @param allowed on the processor
   */
  List<String> strays(Set<String> allowed) {
    Set<String> strays = new TreeSet<>();
    for (DeviceStepStats device : seen.getStepStats().getDevStatsList()) {
      if (device.getDevice().contains(PROCESSOR)) {
        device.getNodeStatsList().forEach(node -> strays.add(type(node)));
      }
    }
    strays.removeAll(allowed);
    return List.copyOf(strays);
  }

  /** The label is {@code name = Type(inputs)}. */
  private static String type(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int equals = label.indexOf(" = ");
    int bracket = label.indexOf('(', equals + 1);
    return equals < 0 || bracket < 0 ? "other" : label.substring(equals + 3, bracket);
  }
}

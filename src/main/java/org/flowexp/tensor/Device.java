package org.flowexp.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where a session computes.
 *
 * @param isGpu a graphics card rather than the processor
 * @param index which card, from 0
 */
public record Device(boolean isGpu, int index) {
  /** The processor. */
  public static final Device CPU = new Device(false, 0);

  private static final Pattern WORD = Pattern.compile("cpu|gpu(?::(\\d{1,3}))?");

  /** Reads {@code cpu}, {@code gpu} or {@code gpu:1}; empty for anything else. */
  public static Optional<Device> parse(String word) {
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    return Optional.of(word.equals("cpu") ? CPU : new Device(true, index));
  }

  /**
   * True if TensorFlow can compute here: tried, not asked, so that a card without its libraries
   * counts as missing.
   */
  public boolean isPresent() {
    if (!isGpu) {
      return true;
    }
    DeviceSpec card =
        DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(0).build();
    try (Graph graph = new Graph();
        Session session =
            new SessionOptions(this, 1, 1, SessionOptions.Compilation.NONE).openStrictly(graph)) {
      Operand<TFloat32> one = Ops.create(graph).withDevice(card).constant(1f);
      try (Result result = session.runner().fetch(one).run()) {
        return result.size() == 1;
      }
    } catch (TensorFlowException | IllegalArgumentException notThere) {
      return false;
    }
  }

  /** The version of TensorFlow's native library, which is loaded, and unpacked if need be. */
  public static String libraryVersion() {
    return TensorFlow.version();
  }

  /** The word {@link #parse} reads. */
  public String word() {
    return isGpu ? "gpu:" + index : "cpu";
  }
}

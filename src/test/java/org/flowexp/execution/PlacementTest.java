package org.flowexp.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** A trace of the processor, and the same with other names of devices. */
class PlacementTest {
  private static RunMetadata trace() {
    RunOptions full =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT32);
        var session = SessionOptions.cpu(1).open(g.graph())) {
      // Of constants alone it would be computed before the step.
      var fed = g.tf().placeholder(TFloat32.class);
      var end = g.tf().math.exp(g.tf().math.mul(g.tf().math.square(fed), g.tf().constant(3f)));
      try (TFloat32 two = TFloat32.scalarOf(2);
          Result result =
              session.runner().feed(fed, two).fetch(end).setOptions(full).runAndFetchMetadata()) {
        return result.getMetadata().orElseThrow();
      }
    }
  }

  private static RunMetadata moved(RunMetadata seen) {
    RunMetadata.Builder moved = seen.toBuilder();
    List<DeviceStepStats> all = new ArrayList<>();
    for (DeviceStepStats device : seen.getStepStats().getDevStatsList()) {
      all.add(device.toBuilder().setDevice(device.getDevice().replace(":CPU:", ":GPU:")).build());
    }
    moved.getStepStatsBuilder().clearDevStats().addAllDevStats(all);
    return moved.build();
  }

  @Test
  void whatRunsOnTheProcessorIsNamedUnlessItIsAllowed() {
    RunMetadata seen = trace();
    List<String> strays = new Placement(seen).strays(Placement.OF_THE_PROCESSOR);
    assertTrue(strays.containsAll(List.of("Exp", "Mul", "Square")), strays.toString());
    assertFalse(strays.contains("_Retval"), strays.toString());
    Set<String> more = new HashSet<>(Placement.OF_THE_PROCESSOR);
    more.addAll(strays);
    assertEquals(List.of(), new Placement(seen).strays(more));
  }

  @Test
  void whatRunsOnACardIsNot() {
    RunMetadata seen = moved(trace());
    assertEquals(List.of(), new Placement(seen).strays(Set.of()));
    assertTrue(new Placement(seen).seconds().containsKey("Exp"), "its time is taken");
  }
}

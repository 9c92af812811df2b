package org.flowexp.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.flowexp.train.TrainingObserver;
import org.flowexp.train.TrainingState;

/** Listens to a training and takes the time of its rounds. */
final class StepTimes implements TrainingObserver {
  private final Benchmark.Extent extent;
  private final Runnable pace;
  private final List<Double> processor = new ArrayList<>();
  private final List<Double> wall = new ArrayList<>();
  private final long begin = System.nanoTime();
  private double firstStepSeconds;
  private long processorBegin;
  private long wallBegin;

  /**
   * Before a training.
   *
   * @param pace runs before each round, outside its time
   */
  StepTimes(Benchmark.Extent extent, Runnable pace) {
    this.extent = extent;
    this.pace = pace;
  }

  @Override
  public void logged(long step, Map<String, Double> values) {}

  @Override
  public void stepped(long step, Supplier<TrainingState> state) {
    if (step == 1) {
      firstStepSeconds = (System.nanoTime() - begin) * 1e-9;
    }
    long measured = step - extent.warmUp();
    if (measured > 0 && measured % extent.steps() == 0) {
      processor.add((ProcessorClock.nanos() - processorBegin) * 1e-9 / extent.steps());
      wall.add((System.nanoTime() - wallBegin) * 1e-9 / extent.steps());
    }
    if (measured >= 0 && measured % extent.steps() == 0 && step < extent.all()) {
      pace.run();
      processorBegin = ProcessorClock.nanos();
      wallBegin = System.nanoTime();
    }
  }

  List<Double> processor() {
    return processor;
  }

  List<Double> wall() {
    return wall;
  }

  double firstStepSeconds() {
    return firstStepSeconds;
  }
}

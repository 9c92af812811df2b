package org.flowexp.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/** Tensors fed to one run of the graph; closing it closes them. */
final class FedBatches implements AutoCloseable {
  private final Session.Runner runner;
  private final List<Tensor> tensors = new ArrayList<>();

  FedBatches(Session.Runner runner) {
    this.runner = runner;
  }

  void feed(Operand<?> placeholder, Tensor tensor) {
    tensors.add(tensor);
    runner.feed(placeholder, tensor);
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}

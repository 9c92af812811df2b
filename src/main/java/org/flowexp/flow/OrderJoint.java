package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;

/**
 * A new order of the coordinates, given by its order or by a seed; one of them is there.
 *
 * @param order empty where nothing is written
 */
record OrderJoint(List<Long> order, Optional<Long> seed) implements Joint {
  OrderJoint {
    order = List.copyOf(order);
  }

  @Override
  public Optional<String> objection(CoordinateKinds before) {
    if (order.isEmpty() == seed.isEmpty()) {
      return Optional.of("it needs `order` or `seed`, and only one of them");
    }
    boolean each =
        order.stream().sorted().toList().equals(LongStream.range(0, before.dim()).boxed().toList());
    return order.isEmpty() || each
        ? Optional.empty()
        : Optional.of(
            "`order` has each of 0 to "
                + (before.dim() - 1)
                + " once; name every coordinate, or give a `seed` instead");
  }

  @Override
  public CoordinateKinds after(CoordinateKinds before) {
    return new CoordinateKinds(order(before.dim()).stream().map(before.circular()::get).toList());
  }

  /** As written, or by Fisher and Yates: every order is equally likely over the seeds. */
  List<Integer> order(int dim) {
    if (!order.isEmpty()) {
      return order.stream().map(Math::toIntExact).toList();
    }
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, dim).boxed().toList());
    SplittableRandom random = new SplittableRandom(seed.orElseThrow());
    for (int i = dim - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }
}

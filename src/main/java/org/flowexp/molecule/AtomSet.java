package org.flowexp.molecule;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some atoms of a molecule.
 *
 * @param places in the topology, from 0, in the order they were named
 */
public record AtomSet(Topology topology, List<Integer> places) {
  /** Copies the places. */
  public AtomSet {
    places = List.copyOf(places);
  }

  /** Those at which the condition holds, ascending. */
  public static AtomSet where(Topology topology, IntPredicate condition) {
    return new AtomSet(
        topology, IntStream.range(0, topology.size()).filter(condition).boxed().toList());
  }

  /** All atoms that are not among these. */
  public AtomSet complement() {
    return where(topology, place -> !places.contains(place));
  }

  /** Those in both. */
  public AtomSet and(AtomSet other) {
    return where(topology, place -> places.contains(place) && other.places.contains(place));
  }

  /** Those in one of them or both. */
  public AtomSet or(AtomSet other) {
    return where(topology, place -> places.contains(place) || other.places.contains(place));
  }
}

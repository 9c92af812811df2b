package org.flowexp.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which units may begin: those whose predecessors are over, lowest number first. */
public final class ReadyUnits {
  private final TreeMap<Integer, WorkUnit> ready = new TreeMap<>();
  private final Map<Integer, WorkUnit> waiting = new TreeMap<>();
  private final Map<Integer, Set<Integer>> missing = new HashMap<>();
  private final Map<Integer, List<Integer>> followers = new HashMap<>();

  /** None of these has begun. */
  public ReadyUnits(List<WorkUnit> units) {
    for (WorkUnit unit : units) {
      if (unit.after().isEmpty()) {
        ready.put(unit.number(), unit);
      } else {
        waiting.put(unit.number(), unit);
        missing.put(unit.number(), new HashSet<>(unit.after()));
        for (int before : unit.after()) {
          followers.computeIfAbsent(before, number -> new ArrayList<>()).add(unit.number());
        }
      }
    }
  }

  /** One to begin now, if there is any. */
  public Optional<WorkUnit> next() {
    return Optional.ofNullable(ready.pollFirstEntry()).map(Map.Entry::getValue);
  }

  /** Notes that a unit is over, however it ended. */
  public void over(int unit) {
    for (int follower : followers.getOrDefault(unit, List.of())) {
      Set<Integer> left = missing.getOrDefault(follower, Set.of());
      if (left.remove(unit) && left.isEmpty()) {
        WorkUnit free = waiting.remove(follower);
        if (free != null) {
          ready.put(follower, free);
        }
      }
    }
  }

  /** All that have not begun; from now on there are none. */
  public List<WorkUnit> drain() {
    List<WorkUnit> left = new ArrayList<>(ready.values());
    left.addAll(waiting.values());
    ready.clear();
    waiting.clear();
    return left;
  }
}

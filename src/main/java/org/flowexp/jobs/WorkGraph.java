package org.flowexp.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.flowexp.model.SweepModel;
import org.flowexp.stage.Plan;
import org.flowexp.stage.Stage;
import org.flowexp.stage.StageKeys;

/**
 * The work of a sweep. Stages that the same arms share are one unit, so that none is made twice and
 * no process waits for another; each arm is a unit after those. A unit that finds the result of an
 * earlier one missing makes it itself, so a failure is told by the arms it concerns.
 *
 * @param units in an order in which each comes after those it waits for
 * @param held the arms of which everything is there: there is nothing to do for them but to tell
 */
public record WorkGraph(List<WorkUnit> units, List<Integer> held) {
  /** Copies the lists. */
  public WorkGraph {
    units = List.copyOf(units);
    held = List.copyOf(held);
  }

  /**
   * Of a sweep.
   *
   * @param isHeld whether the result of a stage is there
   * @param names of the arms, by number
   */
  public static WorkGraph of(
      SweepModel sweep, StageKeys keys, Predicate<Stage<?>> isHeld, IntFunction<String> names) {
    Building building = new Building(isHeld, names);
    int arms = sweep.arms().size();
    for (int arm = 0; arm < arms; arm++) {
      building.add(arm, Plan.chain(sweep.arms().get(arm).experiment(), keys));
    }
    return building.build();
  }

  /** What is known of a stage while the graph is built. */
  private record Shared(String kind, String name, boolean isHeld, List<Integer> arms) {}

  /** Stages with the same arms. */
  private record Group(int number, Set<String> stages, Set<String> kinds, Set<Integer> after) {}

  private static final class Building {
    private final Predicate<Stage<?>> isHeld;
    private final IntFunction<String> names;
    private final Map<String, Shared> stages = new LinkedHashMap<>();
    private final List<List<String>> chains = new ArrayList<>();
    private final Map<List<Integer>, Group> groups = new HashMap<>();
    private final List<WorkUnit> units = new ArrayList<>();

    Building(Predicate<Stage<?>> isHeld, IntFunction<String> names) {
      this.isHeld = isHeld;
      this.names = names;
    }

    void add(int arm, List<Stage<?>> chain) {
      Set<String> ids = new LinkedHashSet<>();
      for (Stage<?> stage : chain) {
        if (ids.add(stage.id())) {
          stages
              .computeIfAbsent(
                  stage.id(),
                  id ->
                      new Shared(stage.kind(), stage.name(), isHeld.test(stage), new ArrayList<>()))
              .arms()
              .add(arm);
        }
      }
      chains.add(List.copyOf(ids));
    }

    WorkGraph build() {
      stages.forEach(this::share);
      List<List<Integer>> order = new ArrayList<>();
      chains.forEach(chain -> connect(chain, order));
      for (List<Integer> arms : order) {
        Group group = group(arms);
        units.add(
            new WorkUnit(group.number, name(group, arms), arms.get(0), group.stages, group.after));
      }
      List<Integer> held = new ArrayList<>();
      for (int arm = 0; arm < chains.size(); arm++) {
        if (chains.get(arm).stream().allMatch(id -> stage(id).isHeld())) {
          held.add(arm);
        } else {
          Set<Integer> after = lastOf(groupsOf(chains.get(arm)));
          units.add(new WorkUnit(units.size(), names.apply(arm), arm, Set.of(), after));
        }
      }
      return new WorkGraph(units, held);
    }

    private void share(String id, Shared stage) {
      if (stage.arms().size() > 1 && !stage.isHeld()) {
        Group group =
            groups.computeIfAbsent(
                stage.arms(),
                arms ->
                    new Group(groups.size(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));
        group.stages.add(id);
        group.kinds.add(stage.kind());
      }
    }

    /** Groups are numbered as they were met, along the chains: those before have lower numbers. */
    private void connect(List<String> chain, List<List<Integer>> order) {
      List<Group> before = new ArrayList<>();
      for (Group group : groupsOf(chain)) {
        if (group.number == order.size()) {
          order.add(stage(group.stages.iterator().next()).arms());
          if (!group.kinds.equals(Set.of("data"))) {
            group.after.addAll(lastOf(before));
          }
        }
        before.add(group);
      }
    }

    /** Each once, in order. */
    private List<Group> groupsOf(List<String> chain) {
      Set<Group> found = new LinkedHashSet<>();
      for (String id : chain) {
        Shared stage = stage(id);
        if (stage.arms().size() > 1 && !stage.isHeld()) {
          found.add(group(stage.arms()));
        }
      }
      return List.copyOf(found);
    }

    /** Without those that another of them waits for. */
    private static Set<Integer> lastOf(List<Group> all) {
      Set<Integer> last = new TreeSet<>();
      all.forEach(group -> last.add(group.number));
      all.forEach(group -> last.removeAll(group.after));
      return last;
    }

    private Shared stage(String id) {
      return java.util.Objects.requireNonNull(stages.get(id));
    }

    private Group group(List<Integer> arms) {
      return java.util.Objects.requireNonNull(groups.get(arms));
    }

    /** After its last phase, or its first draw, and what its arms have in common. */
    private String name(Group group, List<Integer> arms) {
      String name = "";
      boolean hasPhase = group.kinds.contains("phase");
      for (String id : chains.get(arms.get(0))) {
        Shared stage = stage(id);
        boolean isPhase = stage.kind().equals("phase");
        if (group.stages.contains(id) && (hasPhase ? isPhase : name.isEmpty())) {
          name = isPhase ? stage.name() : stage.kind() + " " + stage.name();
        }
      }
      return name + " of " + arms.size() + " runs" + common(arms);
    }

    private String common(List<Integer> arms) {
      Set<String> words = new LinkedHashSet<>(words(arms.get(0)));
      arms.forEach(arm -> words.retainAll(words(arm)));
      return words.isEmpty() ? "" : " with " + String.join(" ", words);
    }

    private Set<String> words(int arm) {
      return new LinkedHashSet<>(List.of(names.apply(arm).split(" ")));
    }
  }
}

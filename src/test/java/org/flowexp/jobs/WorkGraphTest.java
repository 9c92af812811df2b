package org.flowexp.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flowexp.model.SweepModel;
import org.flowexp.stage.Plan;
import org.flowexp.stage.Stage;
import org.flowexp.stage.StageKeys;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which units a sweep has, and when each may begin. */
class WorkGraphTest {
  private static final StageKeys KEYS = new StageKeys("float32");
  private static final SweepModel SWEEP =
      DoubleWell.small()
          .sweep(List.of(DoubleWell.klZ(), DoubleWell.l2(), DoubleWell.l2Masked()), 2);

  private static WorkGraph graph(Predicate<Stage<?>> held) {
    return WorkGraph.of(SWEEP, KEYS, held, arm -> SWEEP.arms().get(arm).values().toString());
  }

  private static Set<String> ids(int arm) {
    return Plan.chain(SWEEP.arms().get(arm).experiment(), KEYS).stream()
        .map(Stage::id)
        .collect(Collectors.toSet());
  }

  @Test
  void whatArmsShareIsMadeBeforeThemAndOnce() {
    WorkGraph graph = graph(stage -> false);
    List<WorkUnit> shared = graph.units().stream().filter(unit -> !unit.endsAnArm()).toList();
    List<WorkUnit> arms = graph.units().stream().filter(WorkUnit::endsAnArm).toList();
    assertEquals(3, shared.size(), "the data, and a pretraining for each of two seeds");
    assertEquals(Set.of(), shared.get(0).after());
    assertEquals(Set.of(0), shared.get(1).after());
    assertEquals(Set.of(0), shared.get(2).after());
    assertTrue(shared.get(0).name().contains("of 6 runs"), shared.get(0).name());
    assertTrue(shared.get(1).name().startsWith("pretrain of 3 runs"), shared.get(1).name());
    assertEquals(List.of(0, 1, 2, 3, 4, 5), arms.stream().map(WorkUnit::arm).toList());
    for (WorkUnit arm : arms) {
      int pretraining = arm.after().iterator().next();
      assertEquals(Set.of(pretraining), arm.after(), "the data come with the pretraining");
      assertTrue(ids(arm.arm()).containsAll(graph.units().get(pretraining).stages()));
    }
    Set<String> seen = new HashSet<>();
    for (WorkUnit unit : shared) {
      assertTrue(unit.stages().stream().allMatch(seen::add), "no stage is in two units");
    }
    for (int i = 0; i < graph.units().size(); i++) {
      assertEquals(i, graph.units().get(i).number());
    }
  }

  @Test
  void whatIsHeldIsNotMadeAgain() {
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5), graph(stage -> true).held(), "nothing is left but to tell it");
    assertEquals(List.of(), graph(stage -> true).units());

    Set<String> first = ids(0);
    WorkGraph rest = graph(stage -> first.contains(stage.id()));
    assertEquals(List.of(0), rest.held());
    List<WorkUnit> shared = rest.units().stream().filter(unit -> !unit.endsAnArm()).toList();
    assertEquals(1, shared.size(), "the pretraining of the other seed");
    assertEquals(Set.of(), shared.get(0).after());
    assertEquals(5, rest.units().size() - shared.size());
  }

  /** Random units, each after some of those before it. */
  private static List<WorkUnit> units(SplittableRandom random, int count) {
    List<WorkUnit> units = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Set<Integer> after = new TreeSet<>();
      for (int i = random.nextInt(4); i > 0 && number > 0; i--) {
        after.add(random.nextInt(number));
      }
      units.add(new WorkUnit(number, "", number, Set.of(), after));
    }
    return units;
  }

  /** Several at once, ended in any order; true if each began after those it waits for. */
  private static boolean isInOrder(
      List<WorkUnit> ordered, List<WorkUnit> begun, SplittableRandom random) {
    ReadyUnits ready = new ReadyUnits(begun);
    List<WorkUnit> under = new ArrayList<>();
    Set<Integer> over = new HashSet<>();
    boolean inOrder = true;
    Optional<WorkUnit> next = ready.next();
    while (next.isPresent() || !under.isEmpty()) {
      if (next.isPresent() && under.size() < 5) {
        inOrder &= over.containsAll(ordered.get(next.get().number()).after());
        under.add(next.get());
        next = ready.next();
      } else {
        int ended = under.remove(random.nextInt(under.size())).number();
        over.add(ended);
        ready.over(ended);
        next = next.isPresent() ? next : ready.next();
      }
    }
    assertEquals(ordered.size(), over.size(), "each is done");
    return inOrder;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aUnitBeginsWhenThoseBeforeItAreOver(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<WorkUnit> units = units(random, 200);
    assertTrue(isInOrder(units, units, random));
    List<WorkUnit> forgetful =
        units.stream()
            .map(unit -> new WorkUnit(unit.number(), "", unit.arm(), Set.of(), Set.of()))
            .toList();
    assertThrows(AssertionError.class, () -> assertTrue(isInOrder(units, forgetful, random)));
  }

  @Test
  void whatIsLeftOutDoesNotBegin() {
    List<WorkUnit> units = units(new SplittableRandom(4), 20);
    ReadyUnits ready = new ReadyUnits(units);
    int begun = ready.next().orElseThrow().number();
    assertEquals(19, ready.drain().size());
    ready.over(begun);
    assertEquals(Optional.empty(), ready.next());
  }
}

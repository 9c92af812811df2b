package org.flowexp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flowexp.molecule.Compound;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.DoubleWell.Training;
import org.flowexp.testing.Words;
import org.junit.jupiter.api.Test;

class CanonicalTest {
  private static final DoubleWell WELL = DoubleWell.small();

  private static ExperimentModel experiment() {
    return WELL.experiment(DoubleWell.l2(), 0);
  }

  private static LossModel renamed(LossModel loss) {
    return new LossModel(
        "other",
        loss.terms().stream()
            .map(t -> new LossModel.Term("other", t.weight(), t.source(), t.formula()))
            .toList());
  }

  private static ExperimentModel changed(UnaryOperator<PhaseModel> change) {
    ExperimentModel e = experiment();
    return new ExperimentModel(
        "other",
        e.system(),
        new ArchitectureModel(
            "other", e.architecture().base(), e.architecture().layers(), e.architecture().dim()),
        e.phases().stream().map(change).toList(),
        e.seed(),
        e.metrics(),
        e.evaluateEvery(),
        e.evaluateOn(),
        Optional.of("elsewhere"),
        Map.of());
  }

  @Test
  void hydrogensThatAreNoneOfItsCoordinatesMakeAnotherSystem() {
    List<SystemModel.Molecular> systems =
        Arrays.stream(SystemModel.Molecular.Hydrogens.values())
            .map(
                hydrogens ->
                    new SystemModel.Molecular(
                        "butane",
                        Compound.shipped("butane").orElseThrow(),
                        300,
                        Optional.empty(),
                        Optional.empty(),
                        hydrogens))
            .toList();
    assertNotEquals(Canonical.of(systems.get(0)), Canonical.of(systems.get(1)));
    assertEquals(Canonical.of(systems.get(1)), Canonical.of(systems.get(1).named("another name")));
    assertEquals(List.of(42, 12), systems.stream().map(SystemModel::dim).toList());
    assertEquals(List.of(42, 42), systems.stream().map(SystemModel::width).toList());
  }

  @Test
  void namesAndTrackingDoNotCount() {
    ExperimentModel other =
        changed(
            p ->
                new PhaseModel(
                    "other",
                    p.dataFree(),
                    p.data(),
                    renamed(p.loss()),
                    p.beta(),
                    p.steps(),
                    p.batch(),
                    p.optimizer()));
    assertEquals(Canonical.of(experiment()), Canonical.of(other));
  }

  @Test
  void whatChangesResultsCounts() {
    String text = Canonical.of(experiment());
    assertNotEquals(text, Canonical.of(WELL.experiment(DoubleWell.l2(), 1)));
    assertNotEquals(text, Canonical.of(WELL.experiment(DoubleWell.l2Masked(), 0)));
    DoubleWell faster =
        WELL.repairedBy(t -> new Training(t.steps(), t.batch(), 1e-2, t.end(), t.warmup()));
    ExperimentModel quick = faster.experiment(DoubleWell.l2(), 0);
    assertNotEquals(text, Canonical.of(quick));
    assertEquals(Canonical.throughPhase(experiment(), 0), Canonical.throughPhase(quick, 0));
  }

  @Test
  void theTemperatureOfAPhaseCounts() {
    ExperimentModel warm =
        changed(
            p ->
                new PhaseModel(
                    p.name(),
                    p.dataFree(),
                    p.data(),
                    p.loss(),
                    Words.constant(0.5),
                    p.steps(),
                    p.batch(),
                    p.optimizer()));
    assertNotEquals(Canonical.of(experiment()), Canonical.of(warm));
  }

  @Test
  void defaultsAreWrittenOut() {
    String adam = Canonical.of(Words.part("adam", Map.of("lr", Words.constant(0.5))));
    assertEquals(
        "adam{beta1 = 0.9, beta2 = 0.999, epsilon = 1.0E-8, lr = constant{value = 0.5}}", adam);
    assertTrue(
        Canonical.of(Words.part("realnvp", Map.of("hidden", List.of(8L))))
            .contains("hidden = [8]"));
  }

  @Test
  void theHashIsSha256() {
    // FIPS 180-2, appendix B.1
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Canonical.sha256("abc"));
  }
}

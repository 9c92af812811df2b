package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.flowexp.evaluate.ArraySamples;
import org.flowexp.expression.Interpreter;
import org.flowexp.model.Canonical;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.FigureModel;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.Pair;
import org.flowexp.stage.Plan;
import org.flowexp.stage.StageKeys;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/** What the field {@code figures} comes to. */
final class FiguresTest {
  private static final String FILE =
      """
      import "std/losses" { l2 }
      import "std/molecules" { alanine_dipeptide, charmm36 }
      let ala = alanine_dipeptide
      mask heavy = ala.atoms(element != "H")
      system shape = molecule {
        topology = ala, forcefield = charmm36, temperature = 400 K, pose = fixed
        clamp = logarithmic { of = nonbonded, above = 500 kJ/mol }
      }
      observable phi = dihedral(ala.CLP, ala.NL, ala.CA, ala.CRP)
      observable bend = angle(ala.NL, ala.CA, ala.CRP)
      observable span = distance(ala.CLP, ala.CRP)
      sampler pt = parallel_tempering {
        system = shape, ladder = geometric(1 -> 1, rungs = 1), moves = [random_walk { step = 0.1 }], seed = 1
      }
      data all = pt.draw(1_000 samples)
      let zmat = internal_coordinates { topology = ala }
      let turn = circular_spline { mask = zmat.torsions, hidden = [8] }
      schedule train {
        phase one {
          minimize = l2, steps = 1 steps, batch = 2 samples, optimizer = adam { lr = 1e-3 }
        }
      }
      metric ess = effective_sample_size(log_w)
      experiment e {
        system = shape, architecture = zmat.latent >> turn >> zmat, schedule = train, metrics = [ess]
        %s
      }
      """;

  private static ExperimentModel experiment(String fields) {
    var checked = Texts.check(FILE.formatted(fields));
    assertEquals(List.of(), checked.errors());
    return checked.suite().orElseThrow().sweeps().get(0).arms().get(0).experiment();
  }

  private static List<FigureModel.Distribution> figures(String figures) {
    return experiment("figures = [" + figures + "]").figures().figures().stream()
        .map(FigureModel.Distribution.class::cast)
        .toList();
  }

  @Test
  void axesHaveTheUnitsOfTheirObservablesAndDihedralsAreCircles() {
    List<FigureModel.Distribution> all =
        figures(
            "free_energy(phi, bend), free_energy(abs(phi)), histogram(span, bins = 7), energies");
    FigureModel.Axis phi = all.get(0).axes().get(0);
    FigureModel.Axis bend = all.get(0).axes().get(1);
    assertEquals("phi deg", phi.name() + " " + phi.unit());
    assertTrue(phi.isPeriodic() && phi.range().isPresent());
    assertEquals(-180, phi.range().get().from() / phi.size(), 1e-12);
    assertEquals("bend deg", bend.name() + " " + bend.unit());
    assertFalse(bend.isPeriodic() || bend.range().isPresent(), "an angle at an atom ends at 180");
    assertEquals("abs(phi)", all.get(1).axes().get(0).name());
    assertEquals("nm", all.get(2).axes().get(0).unit());
    assertEquals(7, all.get(2).axes().get(0).bins());
    assertEquals("kJ/mol", all.get(3).axes().get(0).unit());
    assertTrue(all.get(0).isFreeEnergy() && !all.get(2).isFreeEnergy());
    assertEquals(
        8.31446261815324e-3 * 400, experiment("figures = [energies]").figures().thermalEnergy());
  }

  @Test
  void figuresAreNoPartOfTheHashAndOfNoStageButTheirOwn() {
    StageKeys keys = new StageKeys("float32");
    ExperimentModel none = experiment("");
    ExperimentModel one = experiment("figures = [free_energy(phi)]");
    ExperimentModel other = experiment("figures = [free_energy(phi, bins = 9)], reference = all");
    for (ExperimentModel drawn : List.of(one, other)) {
      assertEquals(Canonical.of(none), Canonical.of(drawn));
      assertTrue(Plan.ids(drawn, keys).containsAll(Plan.ids(none, keys)));
    }
    assertEquals(Plan.ids(none, keys).size() + 1, Plan.ids(one, keys).size());
    // The reference has to be drawn, too.
    assertEquals(Plan.ids(none, keys).size() + 2, Plan.ids(other, keys).size());
    assertNotEquals(keys.figures(one, 1).key(), keys.figures(other, 1).key());
    // A metric, in contrast, is a result.
    assertNotEquals(Canonical.of(none), Canonical.of(experiment("evaluate_on = 10 samples")));
  }

  @Test
  void bondsAndAnglesGoByTheirElements() {
    List<FigureModel.Distribution> bonds = figures("bonds(heavy)");
    assertEquals(
        List.of("C–C bond length", "C–N bond length", "C–O bond length"),
        bonds.stream().map(FigureModel.Distribution::title).toList());
    // ACE-ALA-NME: CH3-C, CA-C, CA-CB; C-N, N-CA, C-N, N-CH3; two carbonyls
    assertEquals(List.of(3, 4, 2), bonds.stream().map(b -> b.points().size()).toList());
    assertEquals(21, figures("bonds").stream().mapToInt(b -> b.points().size()).sum());
    int angles = figures("angles").stream().mapToInt(a -> a.points().size()).sum();
    assertEquals(
        Compound.shipped("alanine_dipeptide").orElseThrow().topology().angles().size(), angles);
  }

  /** Against the least r/R over all pairs that a search finds three or more bonds apart. */
  @Test
  void theClosestContactIsOverAllPairsThreeBondsApartAndNoOthers() {
    Compound ala = Compound.shipped("alanine_dipeptide").orElseThrow();
    double[] x = ala.reference().stream().mapToDouble(Double::doubleValue).toArray();
    double least = Double.POSITIVE_INFINITY;
    double withBonded = Double.POSITIVE_INFINITY;
    int pairs = 0;
    for (int i = 0; i < ala.topology().size(); i++) {
      int[] apart = distances(ala, i);
      for (int j = i + 1; j < apart.length; j++) {
        double r = Math.sqrt(square(x, i, j));
        withBonded = Math.min(withBonded, r / 0.3);
        if (apart[j] >= 3) {
          pairs++;
          least = Math.min(least, r / radius(ala, i, j));
        }
      }
    }
    FigureModel.Distribution figure = figures("clashes").get(0);
    double found =
        new Interpreter(ArraySamples.of(1, x.length, Map.of("x", x)))
            .values(figure.points().get(0).get(0))[0];
    assertEquals(least, found, 1e-12);
    assertTrue(withBonded < found - 0.05, "bonded atoms are closer");
    assertTrue(pairs > 150 && found > 0.6 && found < 1.2, pairs + " " + found);
    assertEquals(0.6, figure.mark().orElseThrow());
  }

  private static double radius(Compound compound, int i, int j) {
    var field = compound.forceField().orElseThrow();
    for (List<Pair> pairs : List.of(field.pairs(), field.pairs14())) {
      for (Pair pair : pairs) {
        if ((pair.i() == i && pair.j() == j) || (pair.i() == j && pair.j() == i)) {
          return pair.distance();
        }
      }
    }
    throw new AssertionError("no pair " + i + " " + j);
  }

  private static double square(double[] x, int i, int j) {
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
      double d = x[3 * i + axis] - x[3 * j + axis];
      sum += d * d;
    }
    return sum;
  }

  /** Bonds from an atom to each. */
  private static int[] distances(Compound compound, int from) {
    List<List<Integer>> neighbours = compound.topology().neighbours();
    int[] apart = new int[neighbours.size()];
    Arrays.fill(apart, Integer.MAX_VALUE);
    apart[from] = 0;
    Deque<Integer> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      int at = next.remove();
      for (int to : neighbours.get(at)) {
        if (apart[to] == Integer.MAX_VALUE) {
          apart[to] = apart[at] + 1;
          next.add(to);
        }
      }
    }
    return apart;
  }
}

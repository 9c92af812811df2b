package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.flowexp.coordinates.InternalCoordinates;
import org.flowexp.coordinates.PlacementTree;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Molecule;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.system.ShapeTarget;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.units.Constants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Butane's populations at 300 K against those of an independent program (OpenMM, and HMC). */
final class ButaneTest {
  private static final int CHAINS = 256;

  @Test
  @Tag("slow")
  void transAndGaucheHaveTheReferencesPopulations() {
    Molecule molecule = ShippedMolecules.butane();
    InternalCoordinates coordinates = coordinates(molecule);
    int turn = coordinates.circular().get(0);
    double origin = coordinates.reference().get(turn);
    ToDoubleFunction<double[]> trans =
        y -> Math.abs(phi(origin + y[turn])) > 2 * Math.PI / 3 ? 1 : 0;
    ToDoubleFunction<double[]> plus =
        y -> phi(origin + y[turn]) > 0 && phi(origin + y[turn]) < 2 * Math.PI / 3 ? 1 : 0;
    Draw draw = draw(molecule, coordinates, 300);
    agrees(draw, trans, 0.6364, 0.0013);
    agrees(draw, plus, 0.1826, 0.001);
    double[] energies = energies(target(molecule, coordinates, 300), draw);
    double[] perChain = new double[CHAINS];
    for (int i = 0; i < energies.length; i++) {
      perChain[i % CHAINS] += energies[i] * CHAINS / energies.length;
    }
    double z = z(perChain, 63.14, 0.04);
    assertTrue(Math.abs(z) < 5, () -> "mean energy " + mean(perChain) + ", z " + z);
  }

  @Test
  @Tag("slow")
  void anotherTemperatureIsNoticed() {
    Molecule molecule = ShippedMolecules.butane();
    InternalCoordinates coordinates = coordinates(molecule);
    int turn = coordinates.circular().get(0);
    double origin = coordinates.reference().get(turn);
    Draw draw = draw(molecule, coordinates, 600);
    double[] trans = perChain(draw, y -> Math.abs(phi(origin + y[turn])) > 2 * Math.PI / 3 ? 1 : 0);
    assertTrue(Math.abs(z(trans, 0.6364, 0.0013)) > 5, () -> "at 600 K " + mean(trans));
  }

  private static double phi(double turn) {
    return Math.IEEEremainder(turn, 2 * Math.PI);
  }

  private static void agrees(
      Draw draw, ToDoubleFunction<double[]> f, double expected, double itsError) {
    double[] values = perChain(draw, f);
    double z = z(values, expected, itsError);
    assertTrue(Math.abs(z) < 5, () -> mean(values) + " for " + expected + ", z " + z);
  }

  /** U of each sample, kJ/mol. */
  private static double[] energies(ShapeTarget shapes, Draw draw) {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> y = g.placeholder(-1, draw.dim());
      Operand<TFloating> u = shapes.target().reduced(g, shapes.placed(g, y).value());
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          TFloating rows = Precision.FLOAT64.tensor(draw.positions(), draw.count(), draw.dim());
          var result = session.runner().feed(y, rows).fetch(u).run()) {
        return Arrays.stream(Precision.values(result.get(0)))
            .map(value -> value * shapes.target().kT())
            .toArray();
      }
    }
  }

  private static InternalCoordinates coordinates(Molecule molecule) {
    double[] reference =
        molecule.minimum().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new InternalCoordinates(PlacementTree.written(molecule.tree()), reference);
  }

  private static ShapeTarget target(
      Molecule molecule, InternalCoordinates coordinates, double kelvin) {
    int atoms = molecule.topology().size();
    // about the widths of the coordinates' wells, so that one step suits them all
    List<Double> scales = new ArrayList<>();
    for (int i = 0; i < coordinates.latentDim(); i++) {
      boolean circular = coordinates.circular().contains(i);
      scales.add(i < atoms - 1 ? 0.024 : circular ? 1.0 : 0.11);
    }
    MolecularTarget target =
        new MolecularTarget(
            new ForceFieldEnergy(atoms, molecule.forceField()),
            Constants.BOLTZMANN * kelvin,
            Optional.empty(),
            Optional.empty());
    return new ShapeTarget(target, coordinates, scales);
  }

  private static Draw draw(Molecule molecule, InternalCoordinates coordinates, double kelvin) {
    ParallelTempering sampler =
        new ParallelTempering(
            List.of(1.0),
            List.of(new RandomWalk(0.18), new TurnTorsions(coordinates.circular(), Math.PI)),
            5,
            4_000,
            10,
            CHAINS,
            1);
    return sampler.draw(
        target(molecule, coordinates, kelvin),
        300L * CHAINS,
        Precision.FLOAT32,
        SessionOptions.cpu(1),
        steps -> {});
  }

  private static double[] perChain(Draw draw, ToDoubleFunction<double[]> f) {
    double[] sums = new double[CHAINS];
    double[] positions = draw.positions();
    for (int i = 0; i < draw.count(); i++) {
      double[] row = Arrays.copyOfRange(positions, i * draw.dim(), (i + 1) * draw.dim());
      sums[i % CHAINS] += f.applyAsDouble(row) * CHAINS / draw.count();
    }
    return sums;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /** In units of the combined standard error. */
  private static double z(double[] values, double expected, double itsError) {
    return (mean(values) - expected) / Math.hypot(error(values), itsError);
  }
}

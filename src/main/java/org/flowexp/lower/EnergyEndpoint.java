package org.flowexp.lower;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.energy.EnergyTerm;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.model.SystemModel;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * The energies and forces of given configurations: {@code u}, with clamp and penalties and in kT;
 * of a molecule {@code energy} and {@code forces} without them, in kJ/mol and kJ/mol/nm, and each
 * term; of a formula these two in kT.
 */
public final class EnergyEndpoint implements AutoCloseable {
  /** The most rows of one chunk. */
  public static final int CHUNK = 2_000;

  /** The array with as many numbers a row as a configuration. */
  public static final String FORCES = "forces";

  private final GraphBuilder builder;
  private final Session session;
  private final Operand<TFloating> x;
  private final int width;
  private final Map<String, Operand<TFloating>> nodes = new LinkedHashMap<>();

  private EnergyEndpoint(SystemModel system, Precision precision, SessionOptions options) {
    this.width = system.width();
    this.builder = new GraphBuilder(precision);
    this.x = builder.placeholder(-1, width);
    ReducedEnergy target = Lowering.target(system);
    Operand<TFloating> u = target.reduced(builder, x);
    nodes.put("u", u);
    Operand<TFloating> energy = u;
    if (target instanceof MolecularTarget molecule) {
      Map<EnergyTerm, Operand<TFloating>> terms = molecule.energy().terms(builder, x);
      energy =
          builder
              .tf()
              .math
              .add(
                  ForceFieldEnergy.sum(builder, terms, false),
                  ForceFieldEnergy.sum(builder, terms, true));
      nodes.put("energy", energy);
      terms.forEach((term, value) -> nodes.put(term.word(), value));
    } else {
      nodes.put("energy", energy);
    }
    Operand<TFloating> total = builder.sum(energy, 0);
    nodes.put(FORCES, builder.tf().math.neg(Gradients.of(builder, total, x)));
    // Terms that a molecule has none of are one node, which cannot be fetched twice.
    nodes.replaceAll((name, node) -> builder.tf().identity(node));
    this.session = options.open(builder.graph());
  }

  /** Builds the graph and opens a session; the caller closes both. */
  public static EnergyEndpoint open(
      SystemModel system, Precision precision, SessionOptions options) {
    return new EnergyEndpoint(system, precision, options);
  }

  /** The names of the arrays. */
  public List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  /** All arrays of configurations [count, width], row by row. */
  public Map<String, double[]> at(double[] configurations) {
    int count = configurations.length / width;
    Rows rows = new Rows(nodes, names(), count, Map.of(FORCES, width));
    for (int row = 0; row < count; row += CHUNK) {
      int size = Math.min(CHUNK, count - row);
      double[] chunk = Arrays.copyOfRange(configurations, row * width, (row + size) * width);
      try (var fed = builder.precision().tensor(chunk, size, width)) {
        rows.fill(session.runner().feed(x, fed), row, size);
      }
    }
    return rows.values();
  }

  @Override
  public void close() {
    session.close();
    builder.close();
  }
}

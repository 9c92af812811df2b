package org.flowexp.flow;

import java.util.List;

/**
 * The form of a conditioner: a fully connected network.
 *
 * @param hidden widths of the hidden layers; empty for a linear conditioner
 * @param activation after each hidden layer
 * @param connection how a hidden layer as wide as the one before it is connected
 */
public record Network(List<Integer> hidden, Activation activation, Connection connection) {
  /** How a hidden layer passes on its input. */
  public enum Connection {
    /** h ← a(W h + b). */
    PLAIN,
    /** h ← h + a(W h + b), where the widths agree. */
    RESIDUAL
  }

  /** Checks the widths. */
  public Network {
    hidden = List.copyOf(hidden);
    if (hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("hidden layers need at least one unit: " + hidden);
    }
  }

  /** Plain layers with SiLU. */
  public static Network silu(Integer... hidden) {
    return new Network(List.of(hidden), Activation.SILU, Connection.PLAIN);
  }
}

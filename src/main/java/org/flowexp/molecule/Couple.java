package org.flowexp.molecule;

/** Two atoms, by their places in the topology. */
public record Couple(int i, int j) {
  /** The same two, the smaller place first. */
  public Couple sorted() {
    return i <= j ? this : new Couple(j, i);
  }
}

package org.flowexp.expression;

import java.util.Arrays;

/** A constant square matrix, rows first, and the text that stands for it in a canonical form. */
public final class Matrix {
  private final double[][] rows;
  private final String canonical;

  public Matrix(double[][] rows, String canonical) {
    this.rows = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    this.canonical = canonical;
  }

  public int size() {
    return rows.length;
  }

  public double at(int row, int column) {
    return rows[row][column];
  }

  /** A copy. */
  public double[][] rows() {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  public String canonical() {
    return canonical;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that && Arrays.deepEquals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }
}

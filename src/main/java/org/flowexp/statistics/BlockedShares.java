package org.flowexp.statistics;

import java.util.Arrays;

/**
 * Self-normalised shares of weight in cells, Σ w 1(cell)/Σ w, with their standard errors by leaving
 * out blocks of neighbouring rows (Quenouille 1956; Tukey 1958; Künsch 1989 for series): √((g −
 * 1)/g Σ (p_b − p̄)²), p_b without block b of g. The estimator's bias is O(1/N), as that of any
 * ratio.
 */
public final class BlockedShares {
  private static final int BLOCKS = 32;

  private final int rows;
  private final double[][] sums;
  private final double[] totals = new double[BLOCKS];

  /** Of nothing yet. */
  public BlockedShares(int rows, int cells) {
    this.rows = rows;
    this.sums = new double[BLOCKS][cells];
  }

  /**
   * Adds a weight.
   *
   * @param row from 0; several may be added of one row
   * @param cell from 0; negative for none, which counts in the total alone
   */
  public void add(int row, int cell, double weight) {
    int block = (int) ((long) row * BLOCKS / rows);
    totals[block] += weight;
    if (cell >= 0) {
      sums[block][cell] += weight;
    }
  }

  /** Of each cell; they sum to 1 less what is in none. NaN if nothing has weight. */
  public double[] shares() {
    double total = Arrays.stream(totals).sum();
    double[] shares = column(-1);
    for (int cell = 0; cell < shares.length; cell++) {
      shares[cell] /= total;
    }
    return shares;
  }

  /** Of each share; NaN if there is no row for each block. */
  public double[] errors() {
    double[] mean = new double[sums[0].length];
    double[] squares = new double[mean.length];
    double total = Arrays.stream(totals).sum();
    for (int block = 0; block < BLOCKS; block++) {
      double[] without = column(block);
      for (int cell = 0; cell < mean.length; cell++) {
        double share = without[cell] / (total - totals[block]);
        mean[cell] += share / BLOCKS;
        squares[cell] += share * share;
      }
    }
    double[] errors = new double[mean.length];
    for (int cell = 0; cell < errors.length; cell++) {
      double spread = Math.max(0, squares[cell] - BLOCKS * mean[cell] * mean[cell]);
      errors[cell] = rows < BLOCKS ? Double.NaN : Math.sqrt(spread * (BLOCKS - 1) / BLOCKS);
    }
    return errors;
  }

  private double[] column(int without) {
    double[] column = new double[sums[0].length];
    for (int block = 0; block < BLOCKS; block++) {
      for (int cell = 0; block != without && cell < column.length; cell++) {
        column[cell] += sums[block][cell];
      }
    }
    return column;
  }
}

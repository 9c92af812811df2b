package org.flowexp.run;

import java.util.List;
import java.util.Objects;

/**
 * What a figure shows, counted: the distribution of one or two observables in bins, of several sets
 * of samples, or a table of numbers. Plain data, from which a report draws.
 *
 * @param quantity what is drawn of the shares
 * @param title what it is of
 * @param axes none for a table, one, or two
 * @param thermalEnergy kT, in {@code energyUnit}
 * @param series each with a share for each cell
 * @param facts numbers of the figure as a whole: the rows of a table
 */
public record Figure(
    Quantity quantity,
    String title,
    List<Axis> axes,
    double thermalEnergy,
    String energyUnit,
    List<Series> series,
    List<Fact> facts) {
  /** Copies the lists. */
  public Figure {
    axes = List.copyOf(axes);
    series = List.copyOf(series);
    facts = List.copyOf(facts);
  }

  /** What becomes of the shares p of the bins. */
  public enum Quantity {
    /** −kT ln p. */
    FREE_ENERGY,
    /** p over the width of a bin. */
    DENSITY,
    /** There are no bins. */
    TABLE
  }

  /**
   * Equal bins of an observable.
   *
   * @param unit of the ends; empty for a plain number
   * @param low left end of the first bin
   * @param high right end of the last bin
   * @param isPeriodic whether the first bin follows the last
   */
  public record Axis(
      String name, String unit, double low, double high, int bins, boolean isPeriodic) {
    /** The width of a bin. */
    public double width() {
      return (high - low) / bins;
    }

    /** The middle of a bin, from 0. */
    public double middle(int bin) {
      return low + (bin + 0.5) * width();
    }

    /** {@code phi, deg}. */
    public String label() {
      return unit.isEmpty() ? name : name + ", " + unit;
    }
  }

  /**
   * A set of samples.
   *
   * @param name {@code generated}, {@code reweighted} or {@code reference}
   * @param shares of all weight, a cell each, the second axis running fastest; what falls outside
   *     the axes is in none
   * @param errors standard errors of the shares; empty if there are none
   * @param facts numbers of this set
   */
  public record Series(String name, List<Double> shares, List<Double> errors, List<Fact> facts) {
    /** Copies the lists. */
    public Series {
      shares = List.copyOf(shares);
      errors = List.copyOf(errors);
      facts = List.copyOf(facts);
    }
  }

  /**
   * A number with a name.
   *
   * @param error its standard error; NaN if none is known
   */
  public record Fact(String name, double value, double error) {
    public Fact {
      Objects.requireNonNull(name);
    }
  }
}

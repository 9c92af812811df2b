package org.flowexp.expression;

/**
 * The values of the variables of one context, as arrays. A sample whose {@code log_w} is not finite
 * is invalid: it has no weight (PHYSICS §1).
 */
public interface SampleSet {

  /** The number of samples. */
  int count();

  /** Whether the set has this variable, of whatever extent. */
  boolean has(String variable);

  /**
   * A variable of one value per sample, [count]. Not to be written to.
   *
   * @throws IllegalArgumentException if there is none of this name and extent
   */
  double[] column(String variable);

  /**
   * A variable of {@link #dim} values per sample, row by row, [count · dim]. Not to be written to.
   *
   * @throws IllegalArgumentException if there is none of this name and extent
   */
  double[] vector(String variable);

  /**
   * The number of coordinates of a vector.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  int dim(String variable);

  /**
   * A variable of one value.
   *
   * @throws IllegalArgumentException if there is none of this name and extent
   */
  double scalar(String variable);

  /**
   * The set that {@link Formula.On} names.
   *
   * @throws IllegalArgumentException if there are no such data
   */
  SampleSet on(String data);
}

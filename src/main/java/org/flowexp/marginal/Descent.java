package org.flowexp.marginal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * One descent by a limited-memory quasi-Newton method (Nocedal and Wright, Numerical Optimization,
 * 2nd ed., algorithms 7.4 and 7.5) with halved steps until the energy falls enough (Armijo). It
 * asks for one evaluation at a time, so that many descents share a batch.
 */
final class Descent {
  private static final int MEMORY = 10;
  private static final double ENOUGH = 1e-4;

  /** kT: below what double precision tells of an energy of 1e3 kT. */
  private static final double ROUNDING = 1e-11;

  private static final double LONGEST = 3;

  private final double[] scales;
  private final double tolerance;
  private final Deque<Step> memory = new ArrayDeque<>();
  private double[] y;
  private double u = Double.POSITIVE_INFINITY;
  private double[] slope;
  private double[] direction;
  private double[] trial;
  private double length = 1;
  private State state = State.STARTING;

  private enum State {
    STARTING,
    WALKING,
    ARRIVED,
    STUCK
  }

  /** A change of place and of slope, in scaled coordinates. */
  @SuppressWarnings("ArrayRecordComponent") // lives within one descent
  private record Step(double[] s, double[] t, double product) {}

  /**
   * @param scales of the coordinates, about the widths of wells
   * @param tolerance of the largest scaled slope, kT
   */
  Descent(double[] start, double[] scales, double tolerance) {
    this.y = start.clone();
    this.trial = start.clone();
    this.scales = scales;
    this.tolerance = tolerance;
  }

  boolean isOver() {
    return state == State.ARRIVED || state == State.STUCK;
  }

  boolean hasArrived() {
    return state == State.ARRIVED;
  }

  /** Where an evaluation is wanted. */
  double[] trial() {
    return trial;
  }

  double[] place() {
    return y;
  }

  double energy() {
    return u;
  }

  /** What was found at {@link #trial}. */
  void tell(double found, double[] gradient) {
    double[] scaled = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      scaled[i] = gradient[i] * scales[i];
    }
    if (state == State.STARTING) {
      settle(found, scaled);
      return;
    }
    double expected = length * dot(slope, direction);
    if (found <= u + ENOUGH * expected + ROUNDING) {
      remember(scaled);
      settle(found, scaled);
    } else if (length > 1e-8) {
      length /= 2;
      step();
    } else if (memory.isEmpty()) {
      state = State.STUCK;
    } else {
      memory.clear();
      aim();
    }
  }

  private void settle(double found, double[] scaled) {
    y = trial;
    u = found;
    slope = scaled;
    double largest = 0;
    for (double s : scaled) {
      largest = Math.max(largest, Math.abs(s));
    }
    if (!Double.isFinite(found) || Double.isNaN(largest)) {
      state = State.STUCK;
    } else if (largest < tolerance) {
      state = State.ARRIVED;
    } else {
      state = State.WALKING;
      aim();
    }
  }

  private void remember(double[] scaled) {
    double[] s = new double[y.length];
    double[] t = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      s[i] = length * direction[i];
      t[i] = scaled[i] - slope[i];
    }
    double product = dot(s, t);
    if (product > 1e-12 * dot(t, t)) {
      memory.addLast(new Step(s, t, product));
      if (memory.size() > MEMORY) {
        memory.removeFirst();
      }
    }
  }

  /** The quasi-Newton direction, and the first step along it. */
  private void aim() {
    double[] q = slope.clone();
    double[] shares = new double[memory.size()];
    int k = memory.size();
    for (Iterator<Step> late = memory.descendingIterator(); late.hasNext(); ) {
      Step step = late.next();
      shares[--k] = dot(step.s, q) / step.product;
      add(q, -shares[k], step.t);
    }
    if (!memory.isEmpty()) {
      Step last = memory.getLast();
      double factor = last.product / dot(last.t, last.t);
      for (int i = 0; i < q.length; i++) {
        q[i] *= factor;
      }
    }
    for (Step step : memory) {
      add(q, shares[k++] - dot(step.t, q) / step.product, step.s);
    }
    direction = new double[q.length];
    add(direction, -1, q);
    if (dot(direction, slope) >= 0) {
      memory.clear();
      direction = new double[q.length];
      add(direction, -1, slope);
    }
    double longest = 0;
    for (double d : direction) {
      longest = Math.max(longest, Math.abs(d));
    }
    length = Math.min(1, LONGEST / longest);
    step();
  }

  private void step() {
    trial = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      trial[i] = y[i] + length * direction[i] * scales[i];
    }
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

package org.flowexp.catalog;

import java.util.List;

/** Selects coordinates by number; which ones depends on how many there are. */
public sealed interface CoordinateMask {

  /** Coordinate i of {@code dimension} is selected; it does not depend on the others. */
  boolean selects(int coordinate);

  /** The same text for the same mask: part of the experiment's canonical form. */
  String canonical();

  /** True where the mask selects. */
  default boolean[] of(int dimension) {
    boolean[] selected = new boolean[dimension];
    for (int i = 0; i < dimension; i++) {
      selected[i] = selects(i);
    }
    return selected;
  }

  /** Coordinates {@code offset}, {@code offset + stride}, … */
  record Every(int stride, int offset) implements CoordinateMask {
    @Override
    public boolean selects(int coordinate) {
      return coordinate >= offset && (coordinate - offset) % stride == 0;
    }

    @Override
    public String canonical() {
      return "every(" + stride + ", " + offset + ")";
    }
  }

  /** Coordinates {@code from} to {@code to}, both included. */
  record Between(int from, int to) implements CoordinateMask {
    @Override
    public boolean selects(int coordinate) {
      return from <= coordinate && coordinate <= to;
    }

    @Override
    public String canonical() {
      return "coordinates(" + from + ".." + to + ")";
    }
  }

  /** These coordinates. */
  record Among(List<Integer> coordinates) implements CoordinateMask {
    public Among {
      coordinates = List.copyOf(coordinates);
    }

    @Override
    public boolean selects(int coordinate) {
      return coordinates.contains(coordinate);
    }

    @Override
    public String canonical() {
      return "among(" + coordinates + ")";
    }
  }

  record Not(CoordinateMask mask) implements CoordinateMask {
    @Override
    public boolean selects(int coordinate) {
      return !mask.selects(coordinate);
    }

    @Override
    public String canonical() {
      return "(not " + mask.canonical() + ")";
    }
  }

  record And(CoordinateMask left, CoordinateMask right) implements CoordinateMask {
    @Override
    public boolean selects(int coordinate) {
      return left.selects(coordinate) && right.selects(coordinate);
    }

    @Override
    public String canonical() {
      return "(" + left.canonical() + " and " + right.canonical() + ")";
    }
  }

  record Or(CoordinateMask left, CoordinateMask right) implements CoordinateMask {
    @Override
    public boolean selects(int coordinate) {
      return left.selects(coordinate) || right.selects(coordinate);
    }

    @Override
    public String canonical() {
      return "(" + left.canonical() + " or " + right.canonical() + ")";
    }
  }
}

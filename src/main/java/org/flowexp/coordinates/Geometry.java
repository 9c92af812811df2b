package org.flowexp.coordinates;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;

/** Distances and angles in one configuration [3N]. */
final class Geometry {
  private final double[] positions;

  Geometry(double[] positions) {
    this.positions = positions.clone();
  }

  Vector3D position(int atom) {
    return new Vector3D(positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]);
  }

  double distance(int i, int j) {
    return Vector3D.distance(position(i), position(j));
  }

  /** The angle i-j-k, rad. */
  double angle(int i, int j, int k) {
    return Vector3D.angle(position(i).subtract(position(j)), position(k).subtract(position(j)));
  }

  /** rad, cis 0, positive clockwise. */
  double dihedral(int i, int j, int k, int l) {
    Vector3D axis = position(k).subtract(position(j));
    Vector3D m = position(j).subtract(position(i)).crossProduct(axis);
    Vector3D n = axis.crossProduct(position(l).subtract(position(k)));
    return Math.atan2(m.crossProduct(n).dotProduct(axis) / axis.getNorm(), m.dotProduct(n));
  }
}

package org.flowexp.model;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;
import org.flowexp.molecule.Compound;

/** A target density. */
public sealed interface SystemModel {

  /** As declared; not part of the canonical form. */
  String name();

  /** Degrees of freedom: the dimension of the density, and of the latents of a flow. */
  int dim();

  /** Numbers of a configuration x. */
  int width();

  /** log ∫ e^{-u} dx, where it is known. */
  Optional<Double> logZ();

  /** Whether a flow puts some coordinates where it has learned, so that u of data depends on it. */
  default boolean isCompleted() {
    return false;
  }

  /** The same system under another name. */
  SystemModel named(String other);

  /**
   * A target given by a formula: x = Rᵀ s, u(x) = energy(s), s = R x.
   *
   * @param energy in kT, one value per sample, of the variable {@code s}
   */
  record Analytic(
      String name, int dim, Optional<Matrix> rotation, Formula energy, Optional<Double> logZ)
      implements SystemModel {
    @Override
    public int width() {
      return dim;
    }

    @Override
    public SystemModel named(String other) {
      return new Analytic(other, dim, rotation, energy, logZ);
    }
  }

  /**
   * A molecule at a temperature. A configuration is the positions of its atoms, nm; its shape alone
   * has a density where the pose is fixed.
   *
   * @param compound has parameters
   * @param temperature K
   * @param clamp of a part of the energy, if there is one
   * @param pose what is made of position and orientation; empty if they are free
   * @param hydrogens whether they have a density
   */
  record Molecular(
      String name,
      Compound compound,
      double temperature,
      Optional<Part> clamp,
      Optional<Part> pose,
      Hydrogens hydrogens)
      implements SystemModel {
    /** What becomes of hydrogens. */
    public enum Hydrogens {
      /** They have a density as other atoms have. */
      SAMPLED,
      /** They are where the flow puts them: the density is one of heavy atoms (ADR 20). */
      PLACED
    }

    @Override
    public int width() {
      return 3 * compound.topology().size();
    }

    @Override
    public int dim() {
      CoordinateKinds all = CoordinateKinds.linear(3 * free());
      return pose.map(part -> part.joint().after(all)).orElse(all).dim();
    }

    /** The number of atoms that have a density. */
    private int free() {
      long placed =
          hydrogens == Hydrogens.SAMPLED
              ? 0
              : compound.topology().atoms().stream()
                  .filter(atom -> atom.element().equals("H"))
                  .count();
      return compound.topology().size() - (int) placed;
    }

    @Override
    public boolean isCompleted() {
      return hydrogens == Hydrogens.PLACED;
    }

    /** Whether the density is one of shapes, position and orientation taken away. */
    public boolean isOfShapes() {
      return dim() < 3 * free();
    }

    @Override
    public Optional<Double> logZ() {
      return Optional.empty();
    }

    @Override
    public SystemModel named(String other) {
      return new Molecular(other, compound, temperature, clamp, pose, hydrogens);
    }
  }
}

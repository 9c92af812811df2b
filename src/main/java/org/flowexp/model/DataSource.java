package org.flowexp.model;

import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;

/** Where samples come from, and what was done to them. Equal sources give the same samples. */
public sealed interface DataSource {

  /** Numbers of a sample. */
  int dim();

  /** Whose samples these are, as it stands in a sentence. */
  String phrase();

  /** The draw or the file that the samples come from. */
  default DataSource origin() {
    return this;
  }

  /** Whether a condition or a ratio decided what was kept, so that they sample another density. */
  default boolean isSelected() {
    return false;
  }

  /** A part or a change of other samples. */
  sealed interface Derived extends DataSource {
    /** The samples that were there before. */
    DataSource from();

    @Override
    default int dim() {
      return from().dim();
    }

    @Override
    default DataSource origin() {
      return from().origin();
    }

    @Override
    default boolean isSelected() {
      return from().isSelected();
    }
  }

  private static String percent(double share) {
    double percent = Math.round(1e4 * share) / 100.0;
    return (percent == Math.rint(percent)
            ? Long.toString((long) percent)
            : Double.toString(percent))
        + " %";
  }

  /** {@code count} configurations of a sampler's lowest rung. */
  record Drawn(Part sampler, SystemModel system, long count) implements DataSource {
    @Override
    public String phrase() {
      return count + " samples of `" + sampler.name() + "`";
    }

    @Override
    public int dim() {
      return system.width();
    }
  }

  record Taken(DataSource from, long count) implements Derived {
    @Override
    public String phrase() {
      return "the first " + count + " of " + from.phrase();
    }
  }

  record Dropped(DataSource from, long count) implements Derived {
    @Override
    public String phrase() {
      return "all but the first " + count + " of " + from.phrase();
    }
  }

  /** The first samples, as a share of all to the nearest sample, or the rest. */
  record Split(DataSource from, double share, boolean first) implements Derived {
    /** How many of so many samples these are. */
    public long count(long all) {
      long cut = Math.round(share * all);
      return first ? cut : all - cut;
    }

    @Override
    public String phrase() {
      return (first ? "the first " : "what follows the first ")
          + percent(share)
          + " of "
          + from.phrase();
    }
  }

  /** Where the observable, a truth value per sample, holds. */
  record Filtered(DataSource from, Formula condition) implements Derived {
    @Override
    public boolean isSelected() {
      return true;
    }

    @Override
    public String phrase() {
      return "those of " + from.phrase() + " where a condition holds";
    }
  }

  /**
   * The largest random subset, in order, in which {@code condition} has the share.
   *
   * @param seed the sampler's, so that all runs share the data
   */
  record Resampled(DataSource from, Formula condition, double share, long seed) implements Derived {
    @Override
    public boolean isSelected() {
      return true;
    }

    @Override
    public String phrase() {
      return from.phrase() + ", resampled to " + percent(share);
    }
  }

  /**
   * The same shapes of a molecule in the pose of a system, drawn exactly.
   *
   * @param seed the sampler's, so that all runs share the data
   */
  record Posed(DataSource from, SystemModel.Molecular system, long seed) implements Derived {
    @Override
    public String phrase() {
      return from.phrase() + ", in poses of `" + system.name() + "`";
    }
  }

  /** Arrays of a file, {@code x} in nm. */
  record Loaded(String path, String sha256, int dim) implements DataSource {
    @Override
    public String phrase() {
      return "`" + path + "`";
    }
  }
}

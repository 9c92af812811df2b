package org.flowexp.catalog;

import java.util.List;
import org.flowexp.units.Dimension;
import org.flowexp.units.Units;

/** What may be written for a parameter. The Java type it is read back as stands beside each. */
public sealed interface ParameterType {

  /** As it stands in a message and in the reference: {@code a number of energy, at least 0}. */
  String phrase();

  /** A real number, {@link Double}, in internal units; a bound may be infinite. */
  record Real(Dimension dimension, double least, double most, boolean leastIncluded)
      implements ParameterType {
    @Override
    public String phrase() {
      String what = dimension.isNone() ? "a number" : dimension.phrase();
      if (least == Double.NEGATIVE_INFINITY && most == Double.POSITIVE_INFINITY) {
        return what;
      }
      String low = leastIncluded ? "at least " : "above ";
      if (most == Double.POSITIVE_INFINITY) {
        return what + " " + low + withUnit(least);
      }
      return what + " " + low + withUnit(least) + " and at most " + withUnit(most);
    }

    private String withUnit(double value) {
      return shortest(value) + Units.suggestion(dimension).map(unit -> " " + unit).orElse("");
    }
  }

  /** Above 0: a time, or a number for what has no unit of time, {@link Pace}. */
  record PaceOf() implements ParameterType {
    @Override
    public String phrase() {
      return "a time, or a number without unit, above 0";
    }
  }

  /** A whole number, {@link Long}. */
  record Whole(Dimension dimension, long least, long most) implements ParameterType {
    @Override
    public String phrase() {
      String what = dimension.isNone() ? "a whole number" : "a whole number of " + dimension;
      if (least == Long.MIN_VALUE) {
        return what;
      }
      return most == Long.MAX_VALUE
          ? what + ", at least " + least
          : what + " from " + least + " to " + most;
    }
  }

  /** One of a few words, {@link String}. */
  record Choice(List<String> words) implements ParameterType {
    @Override
    public String phrase() {
      return "one of " + String.join(", ", words);
    }
  }

  /** A string, {@link String}. */
  record Text() implements ParameterType {
    @Override
    public String phrase() {
      return "a text in quotes";
    }
  }

  /** {@link Boolean}. */
  record Truth() implements ParameterType {
    @Override
    public String phrase() {
      return "true or false";
    }
  }

  /** Whole numbers in brackets, {@code List<Long>}. */
  record Wholes(long least, long most) implements ParameterType {
    @Override
    public String phrase() {
      return "a list of whole numbers from " + least + " to " + most;
    }
  }

  /** {@link CoordinateMask}. */
  record Mask() implements ParameterType {
    @Override
    public String phrase() {
      return "a coordinate mask";
    }
  }

  /** {@code a..b} or {@code a -> b}, {@link Interval}. */
  record Between(Dimension dimension, String sign) implements ParameterType {
    @Override
    public String phrase() {
      return "`a " + sign + " b`" + (dimension.isNone() ? "" : ", each of " + dimension);
    }
  }

  /** {@link Part} of a category. */
  record PartOf(Category category) implements ParameterType {
    @Override
    public String phrase() {
      return category.phrase();
    }
  }

  /** {@code List<Part>}. */
  record PartsOf(Category category) implements ParameterType {
    @Override
    public String phrase() {
      return "a list, each entry " + category.phrase();
    }
  }

  /** A number or a ramp, {@link Part} of {@link Category#RAMP}. */
  record Ramped(Dimension dimension, double least) implements ParameterType {
    @Override
    public String phrase() {
      return (dimension.isNone() ? "a number" : dimension.phrase()) + " or a ramp";
    }
  }

  /**
   * A formula, read back as what the checker made of it.
   *
   * @param variable the name that the field introduces, empty for none
   */
  record FormulaOf(String variable, boolean perSample) implements ParameterType {
    @Override
    public String phrase() {
      return perSample ? "a formula with one value per sample" : "a formula with one value";
    }
  }

  /** One number per sample, of any dimension, read back with how it was written. */
  record Observable() implements ParameterType {
    @Override
    public String phrase() {
      return "a number for each sample, such as an observable";
    }
  }

  /**
   * Atoms of a molecule: one, a mask, or a list of atoms.
   *
   * @param count how many; 0 for one or more
   */
  record Atoms(int count) implements ParameterType {
    @Override
    public String phrase() {
      return count == 0
          ? "atoms of a molecule"
          : "a list of " + count + " atoms, such as `[butane.C1, butane.C2, butane.C3]`";
    }
  }

  /** Something declared elsewhere, read back as the model has it. */
  record Declared(String phrase) implements ParameterType {
    public static final Declared SYSTEM = new Declared("a system");
    public static final Declared ARCHITECTURE = new Declared("an architecture");
    public static final Declared SCHEDULE = new Declared("a schedule");
    public static final Declared DATA = new Declared("data");

    /** Data that a part learns from: read back as their source, and as rows when built. */
    public static final Declared ROWS = new Declared("a data set");

    /** A molecule's atoms, bonds and parameters. */
    public static final Declared TOPOLOGY = new Declared("a topology");

    public static final Declared FORCE_FIELD = new Declared("a force field");
    public static final Declared LOSS = new Declared("a loss");
    public static final Declared METRICS = new Declared("a list of metrics");
    public static final Declared ESTIMATES = new Declared("a list of metrics, each a number");
    public static final Declared INITIAL = new Declared("a run or a checkpoint");
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

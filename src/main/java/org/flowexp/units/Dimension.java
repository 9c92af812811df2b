package org.flowexp.units;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.commons.math3.fraction.Fraction;

/**
 * What a quantity measures: a product of powers of base dimensions, with rational exponents. Equal
 * dimensions may be added and compared.
 */
public final class Dimension {

  private static final int LARGEST_DENOMINATOR = 12;
  private static final double EXPONENT_TOLERANCE = 1e-12;

  /** The dimension of a plain number. */
  public static final Dimension NONE = new Dimension(new EnumMap<>(BaseDimension.class));

  /** Length; internal unit nm. */
  public static final Dimension LENGTH = base(BaseDimension.LENGTH);

  /** Time; internal unit ps. */
  public static final Dimension TIME = base(BaseDimension.TIME);

  /** Mass; internal unit u. */
  public static final Dimension MASS = base(BaseDimension.MASS);

  /** Temperature; internal unit K. */
  public static final Dimension TEMPERATURE = base(BaseDimension.TEMPERATURE);

  /** Charge; internal unit e. */
  public static final Dimension CHARGE = base(BaseDimension.CHARGE);

  /** Plane angle; internal unit rad. */
  public static final Dimension ANGLE = base(BaseDimension.ANGLE);

  /** Mass·length²/time²; internal unit kJ/mol. */
  public static final Dimension ENERGY = MASS.times(LENGTH).times(LENGTH).per(TIME).per(TIME);

  /** A count of steps. */
  public static final Dimension STEPS = base(BaseDimension.STEPS);

  /** A count of samples. */
  public static final Dimension SAMPLES = base(BaseDimension.SAMPLES);

  /** A count of energy evaluations. */
  public static final Dimension ENERGY_EVALS = base(BaseDimension.ENERGY_EVALS);

  /** Without zeros, so that equal dimensions have equal maps. */
  private final Map<BaseDimension, Fraction> exponents;

  private Dimension(EnumMap<BaseDimension, Fraction> exponents) {
    exponents.values().removeIf(Fraction.ZERO::equals);
    this.exponents = Collections.unmodifiableMap(exponents);
  }

  private static Dimension base(BaseDimension base) {
    EnumMap<BaseDimension, Fraction> exponents = new EnumMap<>(BaseDimension.class);
    exponents.put(base, Fraction.ONE);
    return new Dimension(exponents);
  }

  /** The dimension of a product. */
  public Dimension times(Dimension other) {
    return exponents.isEmpty() ? other : combine(other, Fraction::add);
  }

  /** The dimension of a quotient. */
  public Dimension per(Dimension other) {
    return combine(other, Fraction::subtract);
  }

  /**
   * The dimension of a power; empty if an exponent would not be a fraction with denominator up to
   * 12. Any power of a plain number is a plain number.
   */
  public Optional<Dimension> power(double exponent) {
    if (isNone()) {
      return Optional.of(NONE);
    }
    return fraction(exponent).map(this::raised).filter(Dimension::hasSmallDenominators);
  }

  /** Whether this is the dimension of a plain number. */
  public boolean isNone() {
    return equals(NONE);
  }

  Fraction exponent(BaseDimension base) {
    return exponents.getOrDefault(base, Fraction.ZERO);
  }

  private Dimension raised(Fraction power) {
    EnumMap<BaseDimension, Fraction> raised = new EnumMap<>(BaseDimension.class);
    exponents.forEach((base, exponent) -> raised.put(base, exponent.multiply(power)));
    return new Dimension(raised);
  }

  private Dimension combine(Dimension other, BinaryOperator<Fraction> operation) {
    if (other.exponents.isEmpty()) {
      return this;
    }
    EnumMap<BaseDimension, Fraction> combined = new EnumMap<>(BaseDimension.class);
    for (BaseDimension base : BaseDimension.values()) {
      combined.put(base, operation.apply(exponent(base), other.exponent(base)));
    }
    return new Dimension(combined);
  }

  private boolean hasSmallDenominators() {
    return exponents.values().stream().allMatch(e -> e.getDenominator() <= LARGEST_DENOMINATOR);
  }

  private static Optional<Fraction> fraction(double value) {
    for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
      double numerator = Math.rint(value * denominator);
      boolean near = Math.abs(value * denominator - numerator) <= EXPONENT_TOLERANCE * denominator;
      if (near && Math.abs(numerator) <= Short.MAX_VALUE) {
        return Optional.of(new Fraction((int) numerator, denominator));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dimension that && exponents.equals(that.exponents);
  }

  @Override
  public int hashCode() {
    return exponents.hashCode();
  }

  /** With an article: "a temperature", "a number of steps", "a value in kJ/mol/nm^2". */
  public String phrase() {
    if (isNone()) {
      return "a number without unit";
    }
    String words = toString();
    boolean simple =
        equals(ENERGY)
            || (exponents.size() == 1 && exponents.values().iterator().next().equals(Fraction.ONE));
    if (!simple) {
      return Units.suggestion(this).map(unit -> "a value in " + unit).orElse("a value of " + words);
    }
    boolean count = equals(STEPS) || equals(SAMPLES) || equals(ENERGY_EVALS);
    return count
        ? "a number of " + words
        : ("ae".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
  }

  /** For a person: "energy", "energy/length^2", "a plain number". */
  @Override
  public String toString() {
    return Factors.of(this).words();
  }
}

package org.flowexp.units;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.Fraction;

/** A dimension written as the product a person would read, with energy as a factor of its own. */
record Factors(List<Factor> all) {

  /** One power in the product. */
  record Factor(String word, String symbol, Fraction exponent) {

    boolean isNumerator() {
      return exponent.compareTo(Fraction.ZERO) > 0;
    }
  }

  Factors {
    all = List.copyOf(all);
  }

  /**
   * Energy is named if that shortens the product, or leaves no time in a product as long: a force
   * constant is energy/length^2, a momentum stays length*mass/time.
   */
  static Factors of(Dimension dimension) {
    Factors plain = new Factors(bases(dimension));
    Fraction energies = dimension.exponent(BaseDimension.MASS);
    if (energies.equals(Fraction.ZERO)) {
      return plain;
    }
    Dimension rest = dimension.per(Dimension.ENERGY.power(energies.doubleValue()).orElseThrow());
    List<Factor> named = new ArrayList<>();
    named.add(new Factor("energy", "kJ/mol", energies));
    named.addAll(bases(rest));
    boolean timeless = rest.exponent(BaseDimension.TIME).equals(Fraction.ZERO);
    int saved = plain.all.size() - named.size();
    return saved > 0 || (saved == 0 && timeless) ? new Factors(named) : plain;
  }

  private static List<Factor> bases(Dimension dimension) {
    List<Factor> factors = new ArrayList<>();
    for (BaseDimension base : BaseDimension.values()) {
      Fraction exponent = dimension.exponent(base);
      if (!exponent.equals(Fraction.ZERO)) {
        factors.add(new Factor(base.word(), base.symbol(), exponent));
      }
    }
    return factors;
  }

  /** In words: {@code energy/length^2}. */
  String words() {
    if (all.isEmpty()) {
      return "a plain number";
    }
    List<String> above =
        all.stream().filter(Factor::isNumerator).map(f -> power(f.word(), f.exponent())).toList();
    StringBuilder text = new StringBuilder(above.isEmpty() ? "1" : String.join("*", above));
    for (Factor factor : all) {
      if (!factor.isNumerator()) {
        text.append('/').append(power(factor.word(), factor.exponent().negate()));
      }
    }
    return text.toString();
  }

  /**
   * In unit symbols, as the grammar has them: a factor, then factors each after a slash. Empty
   * where there is nothing to write, or a fractional power.
   */
  Optional<String> symbols() {
    if (all.isEmpty() || all.stream().anyMatch(f -> f.exponent().getDenominator() != 1)) {
      return Optional.empty();
    }
    Factor lead = all.stream().filter(Factor::isNumerator).findFirst().orElse(all.get(0));
    StringBuilder text = new StringBuilder();
    append(text, lead, lead.exponent());
    for (Factor factor : all) {
      if (!factor.equals(lead)) {
        append(text.append('/'), factor, factor.exponent().negate());
      }
    }
    return Optional.of(text.toString());
  }

  /** What is below in a symbol like kJ/mol comes after a slash anyway, so its sign stays. */
  private static void append(StringBuilder text, Factor factor, Fraction written) {
    String[] quotient = factor.symbol().split("/", 2);
    text.append(power(quotient[0], written));
    if (quotient.length == 2) {
      text.append('/').append(power(quotient[1], factor.exponent()));
    }
  }

  private static String power(String base, Fraction exponent) {
    if (exponent.equals(Fraction.ONE)) {
      return base;
    }
    return exponent.getDenominator() == 1
        ? base + "^" + exponent.getNumerator()
        : base + "^(" + exponent.getNumerator() + "/" + exponent.getDenominator() + ")";
  }
}

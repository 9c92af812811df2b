package org.flowexp.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DimensionTest {

  private static Dimension power(Dimension dimension, double exponent) {
    return dimension.power(exponent).orElseThrow();
  }

  @Test
  void energyIsMassTimesVelocitySquared() {
    Dimension velocity = Dimension.LENGTH.per(Dimension.TIME);
    assertEquals(Dimension.ENERGY, Dimension.MASS.times(velocity).times(velocity));
    assertEquals(Dimension.ENERGY.hashCode(), Dimension.MASS.times(power(velocity, 2)).hashCode());
    assertNotEquals(Dimension.ENERGY, Dimension.MASS.times(velocity));
  }

  @Test
  void aQuotientOfEqualsIsAPlainNumber() {
    assertTrue(Dimension.ENERGY.per(Dimension.ENERGY).isNone());
    assertFalse(Dimension.ANGLE.isNone());
  }

  @Test
  void aRootOfASquareIsTheBase() {
    assertEquals(Dimension.LENGTH, power(power(Dimension.LENGTH, 2), 0.5));
    assertEquals(Dimension.LENGTH, power(power(Dimension.LENGTH, 3), 1.0 / 3));
    assertEquals(Dimension.NONE, power(Dimension.LENGTH, 0));
  }

  @Test
  void anIrrationalPowerOfALengthHasNoDimension() {
    assertEquals(Optional.empty(), Dimension.LENGTH.power(Math.PI));
    assertEquals(Optional.empty(), Dimension.LENGTH.power(1.0 / 13));
    assertEquals(Optional.empty(), power(Dimension.LENGTH, 1.0 / 12).power(0.5));
    assertEquals(Optional.empty(), Dimension.LENGTH.power(Double.NaN));
    assertEquals(Optional.empty(), Dimension.LENGTH.power(Double.POSITIVE_INFINITY));
    assertEquals(Optional.empty(), Dimension.LENGTH.power(1e300));
  }

  @Test
  void anyPowerOfAPlainNumberIsOne() {
    assertEquals(Optional.of(Dimension.NONE), Dimension.NONE.power(Math.PI));
  }

  @Test
  void aPersonCanReadIt() {
    Dimension forceConstant = Dimension.ENERGY.per(Dimension.LENGTH).per(Dimension.LENGTH);
    assertEquals("a plain number", Dimension.NONE.toString());
    assertEquals("energy", Dimension.ENERGY.toString());
    assertEquals("length", Dimension.LENGTH.toString());
    assertEquals("energy/length^2", forceConstant.toString());
    assertEquals("energy/temperature", Dimension.ENERGY.per(Dimension.TEMPERATURE).toString());
    assertEquals("1/time", Dimension.NONE.per(Dimension.TIME).toString());
    assertEquals("1/energy", Dimension.NONE.per(Dimension.ENERGY).toString());
    assertEquals("mass", Dimension.MASS.toString());
    assertEquals(
        "length*mass/time", Dimension.MASS.times(Dimension.LENGTH).per(Dimension.TIME).toString());
    assertEquals("length^(1/2)", power(Dimension.LENGTH, 0.5).toString());
    assertEquals("energy^(1/2)", power(Dimension.ENERGY, 0.5).toString());
    assertEquals("energy evaluations", Dimension.ENERGY_EVALS.toString());
  }
}

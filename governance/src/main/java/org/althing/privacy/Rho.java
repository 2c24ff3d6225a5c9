package org.althing.privacy;

import java.math.BigDecimal;

/**
 * Privacy cost in zero-concentrated differential privacy (Bun and Steinke 2016), in whole pico-ρ
 * (10⁻¹²), never negative.
 *
 * <p>Costs add exactly; whoever makes one from real numbers rounds up ({@link #roundedUp}), a
 * budget is rounded down ({@link #roundedDown}).
 */
public record Rho(long pico) implements Comparable<Rho> {
  public static final Rho ZERO = new Rho(0);

  public Rho {
    if (pico < 0) {
      throw new IllegalArgumentException(
          "a privacy cost is never negative, got " + pico + " pico-rho");
    }
  }

  public static Rho roundedUp(double rho) {
    return new Rho(picoOf(rho, java.math.RoundingMode.CEILING));
  }

  public static Rho roundedDown(double rho) {
    return new Rho(picoOf(rho, java.math.RoundingMode.FLOOR));
  }

  private static long picoOf(double rho, java.math.RoundingMode rounding) {
    if (!(rho >= 0 && rho <= 1e6)) {
      throw new IllegalArgumentException("rho must be between 0 and 1000000, got " + rho);
    }
    return new BigDecimal(rho).movePointRight(12).setScale(0, rounding).longValueExact();
  }

  public Rho plus(Rho other) {
    return new Rho(Math.addExact(pico, other.pico));
  }

  /** What is left of this after {@code other}; fails where nothing would be. */
  public Rho minus(Rho other) {
    return new Rho(Math.subtractExact(pico, other.pico));
  }

  public Rho times(long factor) {
    return new Rho(Math.multiplyExact(pico, factor));
  }

  public Rho max(Rho other) {
    return new Rho(Math.max(pico, other.pico));
  }

  /** For formulas and reports; exact to 2⁻⁵³ of its size. */
  public double toDouble() {
    return pico / 1e12;
  }

  @Override
  public int compareTo(Rho other) {
    return Long.compare(pico, other.pico);
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(pico, 12).stripTrailingZeros().toPlainString();
  }
}

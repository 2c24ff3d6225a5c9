package org.althing.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.althing.privacy.Rho;

/** Numbers as people read them: three figures, never in powers of ten unless they are tiny. */
public final class Brief {
  private Brief() {}

  /** Three significant figures. */
  public static String number(double value) {
    BigDecimal exact = new BigDecimal(value);
    if (Math.abs(value) >= 1000) {
      return exact.setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }
    BigDecimal rounded = exact.round(new MathContext(3));
    return plain(rounded);
  }

  /**
   * A margin of a share in percentage points; beyond the whole, how far is of no use to anybody.
   */
  static String points(double margin) {
    return margin > 1 ? "more than 100" : number(100 * margin);
  }

  /** Rounded up: what is shown is never less than what it costs. */
  public static String cost(double value) {
    return plain(new BigDecimal(value).round(new MathContext(3, RoundingMode.CEILING)));
  }

  public static String cost(Rho rho) {
    return plain(
        BigDecimal.valueOf(rho.pico(), 12).round(new MathContext(3, RoundingMode.CEILING)));
  }

  /** Rounded down, as the other. */
  public static String rest(double value) {
    return plain(new BigDecimal(value).round(new MathContext(3, RoundingMode.FLOOR)));
  }

  /** Rounded down: what is left is never shown as more than it is. */
  public static String rest(Rho rho) {
    return plain(BigDecimal.valueOf(rho.pico(), 12).round(new MathContext(3, RoundingMode.FLOOR)));
  }

  public static String delta(double delta) {
    return plain(new BigDecimal(delta).round(new MathContext(3)));
  }

  /** In the largest unit that leaves a whole number. */
  public static String period(Duration period) {
    long seconds = period.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String plain(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.abs().compareTo(new BigDecimal("0.0001")) < 0
        ? String.format(Locale.ROOT, "%." + (stripped.precision() - 1) + "e", stripped)
        : stripped.toPlainString();
  }
}

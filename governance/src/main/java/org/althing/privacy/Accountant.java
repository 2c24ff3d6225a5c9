package org.althing.privacy;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * What a spend of ρ means to people: ε at a δ, δ at an ε, and the ρ that an ε allows.
 *
 * <p>Conversions are those of Canonne, Kamath, Steinke 2020 (corollary 13), valid for every ρ-zCDP
 * release, rounded so that the guarantee is never overstated. The methods named after the Gaussian
 * are smaller, hold for one continuous Gaussian only (Balle and Wang 2018), and inform; nothing may
 * be stopped or promised by them. Strict arithmetic: every node computes the same bits. {@code
 * double} is for policies and display; the ledger adds whole pico-ρ.
 */
public final class Accountant {
  private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;
  private static final double ROOT_TWO = StrictMath.sqrt(2);
  private static final double LEAST_LOG_ORDER = -12;
  private static final double MOST_LOG_ORDER = 20;

  /** Far above the rounding error of the three terms of a formula, relative to their size. */
  private static final double SLACK = 1e-14;

  private Accountant() {}

  /**
   * The ε for which a spend of {@code rho} is (ε, δ)-differentially private, rounded up.
   *
   * @param delta above 0, below 1
   */
  public static double epsilonFor(Rho rho, double delta) {
    requireDelta(delta);
    double r = Math.nextUp(rho.toDouble());
    return Math.max(0, least(x -> epsilonAtOrder(r, delta, StrictMath.exp(x))));
  }

  /** αρ + [ln(1/δ) + (α-1)·ln(1-1/α) - ln α] / (α-1) for α = 1 + a. */
  private static double epsilonAtOrder(double rho, double delta, double a) {
    double first = (1 + a) * rho;
    double second = -(StrictMath.log(delta) + StrictMath.log1p(a)) / a;
    double third = -StrictMath.log1p(1 / a);
    return first + second + third + SLACK * (first + Math.abs(second) - third);
  }

  /**
   * The δ for which a spend of {@code rho} is (ε, δ)-differentially private, rounded up, at most 1.
   *
   * @param epsilon 0 or above
   */
  public static double deltaFor(Rho rho, double epsilon) {
    requireEpsilon(epsilon);
    if (rho.pico() == 0) {
      return 0;
    }
    double r = Math.nextUp(rho.toDouble());
    double log = least(x -> logDeltaAtOrder(r, epsilon, StrictMath.exp(x)));
    return Math.min(1, Math.nextUp(StrictMath.exp(log)));
  }

  /** ln of exp((α-1)(αρ-ε)) / (α-1) · (1-1/α)^α for α = 1 + a. */
  private static double logDeltaAtOrder(double rho, double epsilon, double a) {
    double gain = a * (1 + a) * rho;
    double loss = a * epsilon;
    double order = StrictMath.log(a);
    double third = (1 + a) * StrictMath.log1p(1 / a);
    return gain - loss - order - third + SLACK * (gain + loss + Math.abs(order) + third);
  }

  /**
   * The most ρ whose {@link #epsilonFor} does not exceed {@code epsilon}, rounded down; at most
   * {@value PlannedRelease#MOST_RHO}.
   */
  public static Rho rhoFor(double epsilon, double delta) {
    requireEpsilon(epsilon);
    long within = 0;
    long beyond = Rho.roundedDown(PlannedRelease.MOST_RHO).pico() + 1;
    while (beyond - within > 1) {
      long middle = within + (beyond - within) / 2;
      if (epsilonFor(new Rho(middle), delta) <= epsilon) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
    return new Rho(within);
  }

  /**
   * δ of one continuous Gaussian release with μ = √(2ρ): Φ(μ/2-ε/μ) - e^ε·Φ(-μ/2-ε/μ). Informs
   * only.
   */
  public static double gaussianDelta(Rho rho, double epsilon) {
    requireEpsilon(epsilon);
    if (rho.pico() == 0) {
      return 0;
    }
    double mu = StrictMath.sqrt(2 * rho.toDouble());
    double near = (epsilon / mu - mu / 2) / ROOT_TWO;
    double far = (epsilon / mu + mu / 2) / ROOT_TWO;
    // e^ε·Φ(-far) = ½·exp(-near²)·erfcx(far): neither factor over- or underflows before the other.
    double tail = StrictMath.exp(-near * near) / 2;
    return near >= 0
        ? tail * (Erfcx.value(near) - Erfcx.value(far))
        : (1 - Erf.value(near)) / 2 - tail * Erfcx.value(far);
  }

  /** ε of one continuous Gaussian release with μ = √(2ρ). Informs only. */
  public static double gaussianEpsilon(Rho rho, double delta) {
    requireDelta(delta);
    if (gaussianDelta(rho, 0) <= delta) {
      return 0;
    }
    double beyond = 0;
    double within = epsilonFor(rho, delta);
    double middle = within / 2;
    // Until no double lies between the two.
    while (beyond < middle && middle < within) {
      if (gaussianDelta(rho, middle) <= delta) {
        within = middle;
      } else {
        beyond = middle;
      }
      middle = (beyond + within) / 2;
    }
    return within;
  }

  /**
   * How much better than a coin the best test can tell that one unit is in the data, as true minus
   * false positive rate, for a Gaussian release: 2Φ(μ/2) - 1 with μ = √(2ρ). Informs only.
   */
  public static double gaussianMembershipAdvantage(Rho rho) {
    return Erf.value(StrictMath.sqrt(rho.toDouble()) / 2);
  }

  /**
   * How often, at most, whoever sees everything that cost {@code rho} is right about whether one
   * unit is in the data, where both are equally likely beforehand; 0.5 is a coin, rounded up.
   *
   * <p>½ + ½·TV, with the total variation by Pinsker's inequality or that of Bretagnolle and Huber,
   * whichever is less; ρ-zCDP bounds the divergence KL by ρ (Bun and Steinke 2016, α to 1).
   */
  public static double membershipGuessAtMost(Rho rho) {
    double r = Math.nextUp(rho.toDouble());
    double pinsker = StrictMath.sqrt(r / 2);
    double bretagnolleHuber = StrictMath.sqrt(-StrictMath.expm1(-r));
    return Math.min(1, 0.5 + Math.min(pinsker, bretagnolleHuber) * (1 + SLACK) / 2 + SLACK);
  }

  /**
   * The least value of a function with one valley over the logarithm of α-1, by golden section. Any
   * α gives a valid guarantee, so an error of the search cannot overstate one.
   */
  private static double least(DoubleUnaryOperator ofLogOrder) {
    double low = LEAST_LOG_ORDER;
    double high = MOST_LOG_ORDER;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = ofLogOrder.applyAsDouble(left);
    double atRight = ofLogOrder.applyAsDouble(right);
    for (int i = 0; i < 80; i++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = ofLogOrder.applyAsDouble(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = ofLogOrder.applyAsDouble(right);
      }
    }
    return Math.min(atLeft, atRight);
  }

  private static void requireDelta(double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta is above 0 and below 1, got " + delta);
    }
  }

  private static void requireEpsilon(double epsilon) {
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon is 0 or above, got " + epsilon);
    }
  }
}

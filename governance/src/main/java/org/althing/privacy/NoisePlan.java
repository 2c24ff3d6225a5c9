package org.althing.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Quorum;
import org.althing.vector.Block;
import org.althing.vector.Shape;

/**
 * The noise of one release: every node's discrete Gaussian share for each block, in whole steps,
 * and what follows from it.
 *
 * <p>ρ = Σ over blocks of Δ² / (2·h·σ²) with Δ² = rowsPerUnit² · recordL2Squared, recomputed from
 * the integers and rounded up, plus one pico-ρ for the discreteness of the sum (privacy §1.2,
 * §1.4).
 *
 * @param rowsPerUnit the most rows that differ where one privacy unit is added or removed: its own,
 *     m, times the stability of the study's cleaning; 1 to {@value #MOST_ROWS}
 * @param honestSurvivors h = u - c, the shares that are surely in the sum
 * @param sigmas one per block, {@value #LEAST_SIGMA} to 2³⁰ steps
 */
public record NoisePlan(Shape shape, int rowsPerUnit, int honestSurvivors, List<Long> sigmas) {
  public static final long LEAST_SIGMA = 8;
  public static final long MOST_SIGMA = 1L << 30;
  public static final int MOST_ROWS = 1000;
  private static final BigInteger PICO = BigInteger.TEN.pow(12);
  private static final BigInteger MOST_PICO =
      PICO.multiply(BigInteger.valueOf(PlannedRelease.MOST_RHO));

  public NoisePlan {
    sigmas = List.copyOf(sigmas);
    if (sigmas.size() != shape.blocks().size()) {
      throw new IllegalArgumentException("one sigma per block");
    }
    for (long sigma : sigmas) {
      if (sigma < LEAST_SIGMA || sigma > MOST_SIGMA) {
        throw new IllegalArgumentException(
            "a noise share has a sigma of %d to %d steps, got %d"
                .formatted(LEAST_SIGMA, MOST_SIGMA, sigma));
      }
    }
    if (rowsPerUnit < 1 || rowsPerUnit > MOST_ROWS) {
      throw new IllegalArgumentException(
          "rows per unit are 1 to %d, got %d".formatted(MOST_ROWS, rowsPerUnit));
    }
    if (honestSurvivors < 1 || honestSurvivors > Quorum.MOST_NODES) {
      throw new IllegalArgumentException(
          "1 to %d honest shares are in the sum, got %d"
              .formatted(Quorum.MOST_NODES, honestSurvivors));
    }
    BigInteger pico = picoRho(shape, sigmas, rowsPerUnit, honestSurvivors);
    if (pico.compareTo(MOST_PICO) > 0) {
      throw new IllegalArgumentException(
          "the noise is too small to protect anyone: the release would cost more than rho "
              + PlannedRelease.MOST_RHO);
    }
  }

  /**
   * The coarsest power-of-two scale at which each block's share reaches its least sigma, and the
   * least sigma that keeps the block within its ρ: σ = ⌈√(Δ² / (2·ρ·h))⌉ by exact integer square
   * root.
   */
  public static NoisePlan calibrate(
      List<BlockDemand> demands, int rowsPerUnit, int honestSurvivors) {
    List<Block> blocks = new ArrayList<>();
    List<Long> sigmas = new ArrayList<>();
    for (BlockDemand demand : demands) {
      long scale = demand.bound() instanceof Bound.Exact exact ? exact.baseScale() : 1;
      long bound = demand.bound().recordL2Squared(scale);
      long sigma = sigma(bound, rowsPerUnit, honestSurvivors, demand.rho());
      while (sigma < demand.bound().leastSigma()) {
        scale = Math.multiplyExact(scale, 2);
        bound = demand.bound().recordL2Squared(scale);
        sigma = sigma(bound, rowsPerUnit, honestSurvivors, demand.rho());
      }
      blocks.add(new Block(demand.name(), demand.length(), scale, bound));
      sigmas.add(sigma);
    }
    return new NoisePlan(new Shape(blocks), rowsPerUnit, honestSurvivors, sigmas);
  }

  private static long sigma(long recordL2Squared, int rowsPerUnit, int honest, Rho rho) {
    BigInteger numerator = unitL2Squared(recordL2Squared, rowsPerUnit).multiply(PICO);
    BigInteger denominator =
        BigInteger.valueOf(rho.pico()).multiply(BigInteger.valueOf(2L * honest));
    BigInteger variance = ceilDivide(numerator, denominator);
    BigInteger root = variance.sqrt();
    return (root.multiply(root).equals(variance) ? root : root.add(BigInteger.ONE))
        .longValueExact();
  }

  /** What the release costs each privacy unit while at most c members collude. */
  public Rho rho() {
    return rho(honestSurvivors);
  }

  /** What it costs if everybody else colludes: only this node's own share protects. */
  public Rho rhoIfAllOthersCollude() {
    return rho(1);
  }

  private Rho rho(int shares) {
    return new Rho(picoRho(shape, sigmas, rowsPerUnit, shares).longValueExact());
  }

  private static BigInteger picoRho(Shape shape, List<Long> sigmas, int rowsPerUnit, int shares) {
    // A common denominator keeps the sum exact; one ceiling at the end.
    BigInteger numerator = BigInteger.ZERO;
    BigInteger denominator = BigInteger.ONE;
    for (int b = 0; b < sigmas.size(); b++) {
      BigInteger n =
          unitL2Squared(shape.blocks().get(b).recordL2Squared(), rowsPerUnit).multiply(PICO);
      BigInteger d =
          BigInteger.valueOf(sigmas.get(b)).pow(2).multiply(BigInteger.valueOf(2L * shares));
      numerator = numerator.multiply(d).add(n.multiply(denominator));
      denominator = denominator.multiply(d);
    }
    return ceilDivide(numerator, denominator).add(BigInteger.ONE);
  }

  private static BigInteger unitL2Squared(long recordL2Squared, int rowsPerUnit) {
    return BigInteger.valueOf(recordL2Squared)
        .multiply(BigInteger.valueOf((long) rowsPerUnit * rowsPerUnit));
  }

  private static BigInteger ceilDivide(BigInteger numerator, BigInteger denominator) {
    return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
  }

  public void writeTo(CanonicalWriter out) {
    out.putList(shape.blocks(), (w, block) -> block.writeTo(w))
        .putInt(rowsPerUnit)
        .putInt(honestSurvivors)
        .putList(sigmas, CanonicalWriter::putLong);
  }

  public static NoisePlan readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      Shape shape = new Shape(in.getList(Block::readFrom));
      return new NoisePlan(shape, in.getInt(), in.getInt(), in.getList(CanonicalReader::getLong));
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}

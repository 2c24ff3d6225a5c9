package org.althing.privacy;

/**
 * What a query asks for one block before noise is calibrated: how long, how bounded, and how much ρ
 * may be spent on it.
 *
 * @param rho cost of the block for one privacy unit; the release costs the sum over its blocks
 */
public record BlockDemand(String name, int length, Bound bound, Rho rho) {
  public BlockDemand {
    if (rho.pico() == 0) {
      throw new IllegalArgumentException(
          "block %s: without privacy cost the noise would be endless".formatted(name));
    }
  }
}

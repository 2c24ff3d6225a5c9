package org.althing.contract;

import java.util.Optional;

/**
 * What cleaning makes of a text that is no value of its column's domain; looks at that text alone.
 *
 * @param clips whether a number beyond the range becomes the nearest end of the range
 * @param fill the value, as the contract writes it, that stands for what is not known
 * @param fillsFaulty whether it also stands for what cannot be read, is out of range or was never
 *     declared
 */
public record Repair(boolean clips, Optional<String> fill, boolean fillsFaulty) {
  public static final Repair NONE = new Repair(false, Optional.empty(), false);

  public Repair {
    if (fillsFaulty && fill.isEmpty()) {
      throw new IllegalArgumentException("faulty values are filled with a value: name it");
    }
  }

  public Repair clipping() {
    return new Repair(true, fill, fillsFaulty);
  }

  public Repair filling(String value, boolean faultyToo) {
    return new Repair(clips, Optional.of(value), faultyToo);
  }
}

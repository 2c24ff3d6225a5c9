package org.althing.vector;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;

/**
 * A named stretch of a vector in which every coordinate has one scale and one record one bound.
 *
 * @param length coordinates, 1 to {@value #MOST_COORDINATES}
 * @param scale integer steps per unit of value; counts have 1 or a power of two
 * @param recordL2Squared the most that one record's contribution may measure, as squared L2 norm in
 *     steps; positive
 */
public record Block(String name, int length, long scale, long recordL2Squared) {
  public static final int MOST_COORDINATES = 1 << 20;
  private static final int MOST_NAME = 100;

  public Block {
    if (name.isEmpty()
        || name.length() > MOST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      // Not repeated: it may come from a hostile file, on its way to a terminal.
      throw new IllegalArgumentException(
          "a block's name has 1 to " + MOST_NAME + " characters, none of them for control");
    }
    if (length < 1 || length > MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "block " + name + " has 1 to " + MOST_COORDINATES + " coordinates, got " + length);
    }
    if (scale < 1 || recordL2Squared < 1) {
      throw new IllegalArgumentException(
          "block %s: scale and bound must be positive, got %d and %d"
              .formatted(name, scale, recordL2Squared));
    }
  }

  public void writeTo(CanonicalWriter out) {
    out.putString(name).putInt(length).putLong(scale).putLong(recordL2Squared);
  }

  public static Block readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      return new Block(in.getString(), in.getInt(), in.getLong(), in.getLong());
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}

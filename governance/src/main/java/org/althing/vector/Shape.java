package org.althing.vector;

import java.util.List;

/** The blocks of a vector, one after the other. */
public record Shape(List<Block> blocks) {
  public Shape {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a shape has at least one block");
    }
    long length = 0;
    for (Block block : blocks) {
      length += block.length();
    }
    if (length > Block.MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "a vector has at most "
              + Block.MOST_COORDINATES
              + " coordinates, these blocks have "
              + length);
    }
  }

  public int length() {
    return offset(blocks.size());
  }

  /** Where block {@code index} starts; for the number of blocks, the length of the vector. */
  public int offset(int index) {
    int offset = 0;
    for (Block block : blocks.subList(0, index)) {
      offset += block.length();
    }
    return offset;
  }
}
